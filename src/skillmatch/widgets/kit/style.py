"""The one style of all views; colours come from the notebook's theme, with fallbacks for pages that have none."""

STYLE = """\
<style>
.skillmatch { --jp-content-font-color2: color-mix(in srgb, var(--jp-content-font-color1, #1c2330) 74%,
  var(--jp-layout-color1, #ffffff)); color: var(--jp-content-font-color1, #1c2330);
  font-family: var(--jp-ui-font-family, sans-serif); font-size: 13px; line-height: 1.45; }
.skillmatch h3 { margin: 14px 0 2px; font-size: 15px; }
.skillmatch p { margin: 2px 0 6px; }
.skillmatch table { border-collapse: collapse; width: 100%; }
.skillmatch caption { text-align: left; padding: 2px 0 4px; }
.skillmatch th, .skillmatch td { text-align: left; vertical-align: top; padding: 4px 14px 4px 0;
  border-bottom: 1px solid var(--jp-border-color2, #d8dde5); }
.skillmatch td.number, .skillmatch th.number { text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.skillmatch tbody th { font-weight: 600; }
.skillmatch tr:has(+ tr.more) > * { border-bottom: 0; padding-bottom: 0; }
.skillmatch .columns table.needs th[scope="row"] { min-width: 104px; }
.skillmatch th.group { padding-top: 10px; color: var(--jp-content-font-color2, #566072); }
.skillmatch ul { margin: 0; padding-left: 16px; }
.skillmatch .quiet { font-weight: 400; color: var(--jp-content-font-color2, #566072); }
.skillmatch .state { white-space: nowrap; padding-left: 7px; border-left: 5px solid; }
.skillmatch .level { white-space: nowrap; }
.skillmatch .scale { display: inline-block; position: relative; width: 80px; height: 9px; vertical-align: middle;
  margin-right: 8px; background: var(--jp-layout-color3, #dfe4eb); border-radius: 2px; }
.skillmatch .scale i { position: absolute; left: 0; top: 0; bottom: 0; border-radius: 2px; }
.skillmatch .scale b { position: absolute; top: -3px; bottom: -3px; width: 2px;
  background: var(--jp-content-font-color1, #1c2330); }
.skillmatch .alert { border-left: 5px solid #d55e00; padding: 6px 10px; margin: 6px 0;
  background: var(--jp-layout-color2, #f5f2ee); }
.skillmatch summary { cursor: pointer; padding: 2px 0; }
.skillmatch h4 { margin: 12px 0 2px; font-size: 13px; font-weight: 600; }
.skillmatch .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(460px, 100%), 1fr));
  gap: 0 32px; align-items: start; }
.skillmatch .columns > * { min-width: 0; }
.skillmatch .columns.lead { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
.skillmatch .long { overflow-wrap: anywhere; }
.skillmatch .wide { overflow-x: auto; }
.skillmatch td details { margin: 0; }
.skillmatch td summary { padding: 0; }
.skillmatch .day { white-space: nowrap; }
.skillmatch .rests { min-width: 136px; }
.skillmatch .head { display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: baseline; margin: 6px 0; }
.skillmatch .head h3 { margin: 0; }
.skillmatch .chips { display: flex; flex-wrap: wrap; gap: 4px 14px; list-style: none; margin: 2px 0 6px; padding: 0; }
.skillmatch .chips li { margin: 0; white-space: nowrap; }
.skillmatch .meter { display: inline-block; width: 140px; height: 10px; vertical-align: middle; border-radius: 2px;
  background: var(--jp-layout-color3, #dfe4eb); overflow: hidden; }
.skillmatch .meter i { display: block; height: 100%; background: #0072b2; }
.skillmatch .scale u { position: absolute; top: 2px; bottom: 2px; border-radius: 2px; opacity: 0.45;
  background: var(--jp-content-font-color1, #1c2330); }
.skillmatch tr.chosen > * { background: var(--jp-layout-color2, #eef3f9); }
.skillmatch tr.chosen > th:first-child { box-shadow: inset 3px 0 0 var(--jp-brand-color1, #1565c0); padding-left: 8px; }
.skillmatch tr[data-row]:focus-visible, .skillmatch button:focus-visible, .skillmatch input:focus-visible,
.skillmatch select:focus-visible, .skillmatch summary:focus-visible, .skillmatch [tabindex]:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1565c0); outline-offset: 1px; }
.skillmatch tr[data-do], .skillmatch g[data-do] { cursor: pointer; }
.skillmatch tr[data-do]:hover > * { background: var(--jp-layout-color2, #f4f6f9); }
.skillmatch .tools { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; margin: 4px 0 8px; }
.skillmatch label { display: inline-flex; gap: 6px; align-items: center; white-space: nowrap;
  color: var(--jp-content-font-color2, #566072); }
.skillmatch select, .skillmatch input[type="text"], .skillmatch button { font: inherit; height: 26px; padding: 0 7px;
  color: var(--jp-content-font-color1, #1c2330); background: var(--jp-layout-color1, #ffffff);
  border: 1px solid var(--jp-border-color1, #8a94a3); border-radius: 3px; }
.skillmatch label.area { display: block; margin: 4px 0; }
.skillmatch label.area span { display: block; }
.skillmatch textarea { font: inherit; width: 100%; box-sizing: border-box; padding: 4px 7px; resize: vertical;
  color: var(--jp-content-font-color1, #1c2330); background: var(--jp-layout-color1, #ffffff);
  border: 1px solid var(--jp-border-color1, #8a94a3); border-radius: 3px; }
.skillmatch textarea:focus-visible { outline: 2px solid var(--jp-brand-color1, #1565c0); outline-offset: 1px; }
.skillmatch select { max-width: 280px; }
.skillmatch input[type="text"] { width: 190px; }
.skillmatch input[type="range"] { width: 130px; accent-color: var(--jp-brand-color1, #1565c0); }
.skillmatch output { min-width: 62px; color: var(--jp-content-font-color1, #1c2330);
  font-variant-numeric: tabular-nums; }
.skillmatch button { cursor: pointer; white-space: nowrap; }
.skillmatch button:hover { background: var(--jp-layout-color2, #f4f6f9); }
.skillmatch button:disabled { opacity: 0.55; cursor: default; }
.skillmatch button.link { border: 0; padding: 0; height: auto; background: none; text-align: left; white-space: normal;
  color: var(--jp-content-link-color, #0b57a4); text-decoration: underline; }
.skillmatch button.main { background: #1565c0; border-color: transparent; color: #ffffff; }
.skillmatch .tabs button { border-radius: 0; margin-left: -1px; }
.skillmatch button.on { background: var(--jp-layout-color3, #dfe4eb); font-weight: 600; }
.skillmatch kbd { font: inherit; font-size: 11px; border: 1px solid var(--jp-border-color1, #8a94a3);
  border-radius: 3px; padding: 0 4px; }
.skillmatch .aside { border-left: 3px solid var(--jp-brand-color1, #1565c0); padding: 4px 12px; margin: 8px 0;
  background: var(--jp-layout-color2, #f4f6f9); }
.skillmatch .chosen .quiet, .skillmatch .aside .quiet, .skillmatch tr[data-do]:hover .quiet { color: inherit; }
.skillmatch td button { height: 22px; padding: 0 6px; }
.skillmatch td:has(> button) { white-space: nowrap; }
.skillmatch .scrolls { max-height: 520px; overflow: auto; }
.skillmatch svg { display: block; max-width: 100%; font-family: inherit; }
.skillmatch svg text { fill: var(--jp-content-font-color1, #1c2330); }
.skillmatch svg .quiet { fill: var(--jp-content-font-color2, #566072); }
.skillmatch svg .line { stroke: var(--jp-border-color2, #d8dde5); }
.skillmatch .calendar { margin: 6px 0 8px; --label: 300px; }
.skillmatch .calendar .track { position: relative; flex: 1; min-width: 0; height: 100%; }
.skillmatch .calendar .axis { height: 20px; margin-left: calc(var(--label) + 10px); font-size: 12px;
  color: var(--jp-content-font-color2, #566072); }
.skillmatch .calendar .axis span { position: absolute; white-space: nowrap; padding-left: 3px; }
.skillmatch .lane { border-top: 1px solid var(--jp-border-color2, #d8dde5); border-left: 3px solid transparent;
  padding: 5px 0 5px 7px; cursor: pointer; }
.skillmatch .lane.chosen { border-left-color: var(--jp-brand-color1, #1565c0);
  background: var(--jp-layout-color2, #f4f6f9); }
.skillmatch .lanehead { margin-bottom: 2px; }
.skillmatch .step { display: flex; height: 22px; align-items: center; }
.skillmatch .stepname { width: calc(var(--label) - 10px); margin-right: 10px; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.skillmatch .block { position: absolute; top: 4px; height: 14px; border-radius: 2px; background: #5b9ecb; }
.skillmatch .lane.chosen .block { background: #0072b2;
  outline: 1px solid var(--jp-content-font-color1, #1c2330); }
.skillmatch .tick { position: absolute; top: 0; bottom: 0; border-left: 1px solid var(--jp-border-color2, #d8dde5); }
.skillmatch .map { position: relative; height: 320px; margin: 6px 0 0 44px; border-left: 1px solid;
  border-bottom: 1px solid; border-color: var(--jp-border-color1, #8a94a3); }
.skillmatch .map .level { position: absolute; left: 0; right: 0;
  border-top: 1px dotted var(--jp-border-color2, #d8dde5); }
.skillmatch .map .stem { position: absolute; width: 7px;
  border-left: 2px solid #5fa8d6; border-top: 2px solid #5fa8d6; }
.skillmatch .map .mark { position: absolute; left: -46px; width: 40px; text-align: right; transform: translateY(-50%);
  font-size: 12px; color: var(--jp-content-font-color2, #566072); }
.skillmatch .map .point { position: absolute; width: 26px; height: 26px; border-radius: 50%; padding: 0;
  transform: translate(-50%, -50%); text-align: center; font-weight: 600; font-size: 12px; color: #10151d;
  background: #dbe9f4; border: 1px solid #35566f; }
.skillmatch .map .like1 { background: #a9cde6; }
.skillmatch .map .like2 { background: #5fa8d6; }
.skillmatch .map .like3 { background: #0072b2; color: #ffffff; }
.skillmatch .map .point.on { outline: 3px solid var(--jp-content-font-color1, #1c2330); outline-offset: 1px; }
.skillmatch .under { display: flex; justify-content: space-between; margin: 2px 0 8px 44px; font-size: 12px; }
.skillmatch-told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 860px) { .skillmatch select { max-width: 200px; }
  .skillmatch thead th.number { white-space: normal; }
  .skillmatch .columns.lead { grid-template-columns: minmax(0, 1fr); }
  .skillmatch .calendar { --label: 210px; } }
</style>"""

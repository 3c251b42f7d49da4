"""The style of what planners look at, besides that of all views."""

PLAN_STYLE = """\
<style>
.skillmatch .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(168px, 1fr)); gap: 8px 22px;
  margin: 8px 0 10px; }
.skillmatch .tile { border-top: 2px solid var(--jp-border-color2, #d8dde5); padding-top: 5px; min-width: 0; }
.skillmatch .tile .label { color: var(--jp-content-font-color2, #566072); }
.skillmatch .tile .figure { font-size: 21px; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
.skillmatch .tile .figure small { font-size: 13px; font-weight: 400; }
.skillmatch .gauge { position: relative; height: 8px; margin: 4px 0 3px; border-radius: 2px;
  background: var(--jp-layout-color3, #dfe4eb); }
.skillmatch .gauge i { position: absolute; left: 0; top: 0; bottom: 0; border-radius: 2px; background: #0072b2; }
.skillmatch .gauge i.over { background: #d55e00; }
.skillmatch .gauge b { position: absolute; top: -3px; bottom: -3px; width: 2px;
  background: var(--jp-content-font-color1, #1c2330); }
.skillmatch .tag { display: inline-block; padding: 0 7px; border-radius: 9px; font-size: 12px; line-height: 18px;
  white-space: nowrap; border: 1px solid var(--jp-border-color1, #8a94a3); }
.skillmatch .pieces { display: flex; height: 12px; gap: 1px; border-radius: 2px; overflow: hidden; min-width: 110px; }
.skillmatch .pieces i { display: block; height: 100%; }
.skillmatch .swatch { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px; }
.skillmatch .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 4px 0 8px; padding: 0; list-style: none; }
.skillmatch .weeks { width: auto; border-collapse: separate; border-spacing: 1px; }
.skillmatch .weeks th, .skillmatch .weeks td { padding: 2px 0; border: 0; text-align: center; font-weight: 400;
  font-variant-numeric: tabular-nums; }
.skillmatch .weeks td { min-width: 21px; height: 20px; border-radius: 2px;
  background: var(--jp-layout-color2, #f4f6f9); }
.skillmatch .weeks thead td { background: none; }
.skillmatch .weeks thead th { font-size: 11px; color: var(--jp-content-font-color2, #566072); }
.skillmatch .weeks thead th.month { text-align: left; padding-left: 3px; white-space: nowrap;
  border-left: 1px solid var(--jp-border-color1, #8a94a3); }
.skillmatch .weeks tbody th { position: sticky; left: 0; text-align: left; padding-right: 10px; white-space: nowrap;
  background: var(--jp-layout-color1, #ffffff); }
.skillmatch .weeks td.full { color: #ffffff; background: #0072b2; font-weight: 600; }
.skillmatch .form { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; margin: 4px 0 6px; }
.skillmatch code { font-size: 12px; overflow-wrap: anywhere; }
.skillmatch .up { color: var(--jp-success-color0, #0b6b3a); }
.skillmatch .picture { margin: 4px 0 10px; }
.skillmatch svg .axis { font-size: 12px; }
</style>"""

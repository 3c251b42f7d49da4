"""The encoder's promise, for every implementation; what a wrong model does; and the real one's numbers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import BASE_ENCODER, Encoder, checked
from skillmatch.matching.encoder_graph import graph_path
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.encoders.onnx_encoder import OnnxEncoder
from skillmatch.matching.encoders.transformer_encoder import SentenceTransformerEncoder
from skillmatch.matching.linker import Linker
from skillmatch.matching.tuned.merged import merged_model
from skillmatch.matching.weights import PUBLISHED_HASHES, ModelFiles, published_model

TEXTS = [
    "bake bread",
    "Java",
    "",
    "manage a team of forklift drivers in a warehouse",
    "naïve Bayes – 分类器 🙂",
    "word " * 400,
    "C++",
    "a",
]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("ngrams"),
        pytest.param("onnx", marks=pytest.mark.encoder),
        pytest.param("sentence-transformers", marks=pytest.mark.encoder),
    ],
)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    match request.param:
        case "ngrams":
            return NgramEncoder()
        case "onnx":
            return request.getfixturevalue("real_encoder")
        case _:
            return SentenceTransformerEncoder(published_model().folder)


def test_rows_are_of_unit_length_in_the_order_of_texts(encoder: Encoder) -> None:
    seen: list[tuple[int, int]] = []
    vectors = encoder.encode(TEXTS, lambda done, total: seen.append((done, total)))
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), encoder.dim)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert seen[-1] == (len(TEXTS), len(TEXTS))
    assert np.allclose(encoder.encode(TEXTS[::-1])[::-1], vectors, atol=1e-6)
    assert np.allclose(encoder.encode(["Java"])[0], vectors[1], atol=1e-6)
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_the_same_call_gives_the_same_bytes(encoder: Encoder) -> None:
    assert encoder.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (np.full((1, 2), np.nan), "not numbers"),
        (np.array([[np.inf, 0.0]]), "not numbers"),
        (np.array([[0.5, 0.5]]), "unit length"),
        (np.array([[1.0, 0.0], [0.0, 1.0]]), "for 1 texts"),
    ],
)
def test_vectors_that_must_not_be_compared_are_refused(vectors: np.ndarray, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        checked(vectors.astype(np.float32), 1, "test")


def test_nothing_is_read_before_the_first_use(tmp_path: Path) -> None:
    files = ModelFiles("all-MiniLM-L6-v2", tmp_path / "nowhere")
    encoder = OnnxEncoder(files)
    assert encoder.id == "all-MiniLM-L6-v2@53aa51172d142c89"
    assert encoder.dim == 384
    assert not (tmp_path / "cache").exists()
    with pytest.raises(ModelError, match=r"cannot be read.*pip install"):
        encoder.encode(["a"])


@pytest.mark.parametrize("name", sorted(PUBLISHED_HASHES))
def test_files_that_are_not_the_published_ones_are_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(published_model().folder, folder)
    with (folder / name).open("r+b") as file:
        file.seek(100)
        file.write(b"!")
    encoder = OnnxEncoder(ModelFiles("all-MiniLM-L6-v2", folder))
    with pytest.raises(ModelError, match=rf"{name}.*not .*the published one.*Reinstall"):
        encoder.encode(["a"])
    assert not (tmp_path / "cache").exists()


def test_an_unwritable_cache_folder_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(ModelError, match=r"cannot be prepared in .*file.*another cache folder"):
        make_encoder(cache_folder=blocked / "cache").encode(["a"])


def test_another_graph_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillmatch.matching.encoder_graph.GRAPH_HASH", "0" * 64)
    with pytest.raises(ModelError, match=r"graph\.onnx is not the encoder's graph.*Reinstall"):
        make_encoder(BASE_ENCODER).encode(["a"])


def test_a_name_that_is_not_there_is_refused_without_a_download() -> None:
    with pytest.raises(ModelError, match="nothing is downloaded"):
        make_encoder("no-such/model").encode(["a"])


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = (
        "import sys, skillmatch.matching.linker, skillmatch.matching.index, skillmatch.matching.infer, "
        "skillmatch.matching.encoder; "
        "from skillmatch.matching.encoders.make import make_encoder; make_encoder(); "
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'onnxruntime', 'sklearn', 'scipy', 'tokenizers'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.encoder
def test_vectors_are_those_of_sentence_transformers(real_encoder: Encoder) -> None:
    theirs = SentenceTransformerEncoder(published_model().folder).encode(TEXTS)
    assert np.abs(make_encoder(BASE_ENCODER).encode(TEXTS) - theirs).max() < 1e-6


@pytest.mark.encoder
def test_two_threads_give_the_vectors_of_one(real_encoder: Encoder) -> None:
    texts = [f"{text} {number}" for number in range(40) for text in TEXTS[:5]]
    assert np.abs(make_encoder(threads=2).encode(texts) - real_encoder.encode(texts)).max() < 1e-6


@pytest.mark.encoder
def test_a_first_encoding_needs_no_library_of_training(tmp_path: Path) -> None:
    """In an empty cache, with the libraries of the extra ``train`` made impossible to import."""
    code = (
        "import sys; from pathlib import Path\n"
        "for name in ('torch', 'transformers', 'sentence_transformers', 'onnx', 'sklearn'): sys.modules[name] = None\n"
        "from skillmatch.matching.encoders.make import make_encoder\n"
        "print(make_encoder(cache_folder=Path(sys.argv[1])).encode(['a']).shape)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(1, 640)"


@pytest.mark.encoder
@pytest.mark.slow
@pytest.mark.parametrize("tuned", [False, True], ids=["base", "ours"])
def test_vectors_are_bit_for_bit_those_of_a_whole_export(tmp_path: Path, tuned: bool) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    onnxruntime = pytest.importorskip("onnxruntime")
    from skillmatch.matching.training.graph import export_model

    files = merged_model() if tuned else published_model()
    export_model(files.folder, tmp_path / "whole.onnx")
    filled = OnnxEncoder(files)
    texts = [*TEXTS, *(f"{first} {second} {number}" for number in range(8) for first in TEXTS for second in TEXTS)]
    tokenizer, _ = filled.load()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    whole = OnnxEncoder(files)
    whole._loaded = (
        tokenizer,
        onnxruntime.InferenceSession(str(tmp_path / "whole.onnx"), options, providers=["CPUExecutionProvider"]),
    )
    assert filled.encode(texts).tobytes() == whole.encode(texts).tobytes()


@pytest.mark.encoder
@pytest.mark.slow
def test_the_graph_that_ships_is_the_one_that_is_written_anew(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from skillmatch.matching.training.graph import write_graph

    write_graph(tmp_path / "graph.onnx")
    assert (tmp_path / "graph.onnx").read_bytes() == graph_path().read_bytes()


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Java", "java"),
        ("Java developer", "java"),
        ("JavaScript", "js"),
        ("JavaScript programming", "js"),
        ("C", "c"),
        ("C++", "cpp"),
        ("C++ development", "cpp"),
        ("C#", "csharp"),
        ("Objective-C", "objc"),
        ("R", "r"),
        ("R programming", "r"),
        ("Go", "go"),
        ("Golang", "go"),
        ("driving forklift trucks", "forklift"),
        ("make bread and rolls", "bread"),
        ("working together with others", "teamwork"),
    ],
)
def test_look_alikes_and_paraphrases_come_first_with_the_real_encoder(
    real_index: object, real_encoder: Encoder, text: str, skill: str
) -> None:
    (answer,) = Linker(real_index, real_encoder).link([text])  # type: ignore[arg-type]
    assert answer.links[0].skill_id == skill
    assert not answer.degraded


@pytest.mark.encoder
@pytest.mark.parametrize(
    "text", ["equal opportunity employer", "Monday morning", "asdf", "привет", "our office in Berlin"]
)
def test_what_is_no_skill_is_met_with_silence_by_the_real_encoder(
    real_index: object, real_encoder: Encoder, text: str
) -> None:
    assert Linker(real_index, real_encoder).link([text])[0].abstained  # type: ignore[arg-type]

"""Reading what servers say: leniently where the standard allows it, and nothing that is something else."""

from __future__ import annotations

import pytest

from fieldapp.errors import ProtocolError
from sync.openrosa.messages import read_forms, read_manifest, read_word

ENTRY = (
    "<xform><formID>a</formID><name>A &amp; B</name><version/><hash>{hash}</hash><downloadUrl>u</downloadUrl></xform>"
)
LIST = '<xforms xmlns="http://openrosa.org/xforms/xformsList">{}</xforms>'
BOMB = b'<!DOCTYPE xforms [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xforms><xform>&b;</xform></xforms>'


def test_an_entry_with_all_that_must_be_there() -> None:
    forms, groups = read_forms(LIST.format(ENTRY.format(hash="md5:AB12")).encode())
    assert [(form.id, form.name, form.version, form.md5) for form in forms] == [("a", "A & B", "", "ab12")]
    assert groups == []


@pytest.mark.parametrize("said", ["md5:", "", "sha1:abc"])
def test_a_hash_of_another_kind_checks_nothing(said: str) -> None:
    forms, _ = read_forms(LIST.format(ENTRY.format(hash=said)).encode())
    assert forms[0].md5 == ""


def test_groups_name_further_lists() -> None:
    group = "<xforms-group><groupID>g</groupID><name>G</name><listUrl>http://a/b</listUrl></xforms-group>"
    assert read_forms(LIST.format(group).encode())[1] == ["http://a/b"]


def test_a_list_of_entities_is_marked_by_its_time() -> None:
    item = "<mediaFile{}><filename>f.csv</filename><hash>md5:1</hash><downloadUrl>u</downloadUrl></mediaFile>"
    text = (
        '<manifest xmlns="http://openrosa.org/xforms/xformsManifest">'
        + item.format(' type="entityList"')
        + "</manifest>"
    )
    (file,) = read_manifest(text.encode())
    assert (file.mark, file.md5) == ("md5:1", "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        b"<xforms",
        b"\xff\xfe",
        b"<forms><form url='u'>Form 1</form></forms>",
        LIST.format("<xform><formID>a</formID></xform>").encode(),
        BOMB,
    ],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_forms(content)


def test_the_servers_word_with_its_nature() -> None:
    said = b'<message nature="error">\n No, <b>sorry</b>.</message><x/>'
    text = b'<OpenRosaResponse xmlns="http://openrosa.org/http/response">' + said + b"</OpenRosaResponse>"
    word = read_word(text)
    assert word is not None
    assert (word.message, word.nature) == ("No, sorry.", "error")


def test_an_envelope_may_be_empty() -> None:
    word = read_word(b'<OpenRosaResponse xmlns="http://openrosa.org/http/response"/>')
    assert word is not None
    assert word.message == ""


def test_a_page_is_no_word() -> None:
    assert read_word(b"<html>Sign in here</html>") is None

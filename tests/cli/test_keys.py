"""Keys from the command line: shown once, replaced with an overlap, revoked, and never made without a purpose."""


def test_a_key_is_made_replaced_and_revoked(filled):
    made = filled(
        "keys", "create", "HR sync", "--scope", "read", "--unit", "Ward", "--author", "Kim", "--json"
    ).document
    rotated = filled("keys", "rotate", made["id"], "--overlap", "1", "--author", "Kim", "--json").document
    revoked = filled("keys", "revoke", rotated["id"], "--json").document

    assert made["key"].startswith(f"sm_{made['id']}_")
    assert (rotated["replaces"], rotated["units"], rotated["scopes"]) == (made["id"], ["Ward"], ["read"])
    assert revoked["state"] == "revoked"
    listed = filled("keys", "list")
    assert made["key"] not in listed.out
    assert "HR sync" in listed.out
    assert [item["state"] for item in filled("keys", "list", "--json").document["items"]] == ["valid", "revoked"]


def test_what_makes_no_sense_is_said(filled):
    assert filled("keys", "create", "k", "--author", "Kim").code == 2
    assert "no scope" in filled("keys", "create", "k", "--scope", "root", "--author", "Kim").err
    past = filled("keys", "create", "k", "--scope", "read", "--expires", "2020-01-01", "--author", "Kim")
    assert (past.code, "lie ahead" in past.err) == (2, True)
    assert filled("keys", "create", "k", "--scope", "self", "--author", "Kim").code == 2
    assert filled("keys", "revoke", "nothing").code == 2

"""Scripts find each other by the names that tell their content."""

import re

from newsroom.static_storage import HashedStaticFiles


def test_a_script_imports_another_by_its_hashed_name(tmp_path):
    (tmp_path / "one.js").write_text('import { two } from "./two.js";\ntwo();\n')
    (tmp_path / "two.js").write_text("export function two() {}\n")
    storage = HashedStaticFiles(location=str(tmp_path), base_url="/static/")

    made = {
        name: hashed
        for name, hashed, _done in storage.post_process(
            {name: (storage, name) for name in ("one.js", "two.js")}
        )
        if re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", hashed or "")
    }

    assert f'from "./{made["two.js"]}"' in (tmp_path / made["one.js"]).read_text()

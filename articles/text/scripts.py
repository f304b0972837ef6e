"""Data within pages, as machines read it. Knows no database."""

import json
from typing import Any

# What `</script>` or `<!--` in a headline must not become inside a block of data.
UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def in_script(described: dict[str, Any]) -> str:
    """Write data so that nothing in it ends the script element around it."""
    return json.dumps(described, ensure_ascii=False).translate(UNSAFE)

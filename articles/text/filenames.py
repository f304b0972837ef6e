"""Names of files as readers' machines may keep them."""

import re
import unicodedata

LONGEST = 120
# What a system takes for more than a name.
SPECIAL = re.compile(r'[<>:"/\\|?*]')


def safe(name: str) -> str:
    """Keep a name in any script, without what hides, turns around or leads elsewhere in it."""
    shown = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    plain = " ".join(SPECIAL.sub("_", shown).split()).lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST].strip(" .") or "document"
    return f"{stem[: LONGEST - len(ending)].strip(' .') or 'document'}.{ending}"

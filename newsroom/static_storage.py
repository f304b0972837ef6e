"""Static files under names that tell their content, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Scripts import each other by those names as well; no build step writes them in."""

    support_js_module_import_aggregation = True

"""Readable addresses from headlines."""

from django.utils.text import slugify
from pypinyin import lazy_pinyin

LENGTH = 80


def slug_for(headline: str) -> str:
    """Write a headline as an address: `重庆校友会` gives `chong-qing-xiao-you-hui`."""
    slug = slugify(" ".join(lazy_pinyin(headline)))
    if len(slug) <= LENGTH:
        return slug
    return slug[:LENGTH].rpartition("-")[0] or slug[:LENGTH]

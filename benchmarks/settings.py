"""The settings of the site, with one more address: a view that does nothing."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"

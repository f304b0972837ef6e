"""What both databases can do with JSON, each in its own words."""

from typing import Any

from django.db.models import BooleanField, CharField, F, Func, IntegerField
from django.utils.deconstruct import deconstructible


@deconstructible
class OfStage(Func):
    """The value of a key of one stage in a list of stages. Takes the list, the index, the key."""

    output_field = CharField()
    template = "(%(expressions)s ->> '%(key)s')"
    arg_joiner = " -> "

    def __init__(self, stages: str | F, stage: str | F, key: str) -> None:
        super().__init__(stages, stage, key=key)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="json_extract(%(expressions)s || '].%(key)s')",
            arg_joiner=", '$[' || ",
            **context,
        )


@deconstructible
class SaidOfStage(OfStage):
    """Whether a key of one stage in a list of stages is true. A key that is not there is not."""

    output_field = BooleanField()  # type: ignore[assignment]
    template = "COALESCE((%(expressions)s ->> '%(key)s')::boolean, FALSE)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="COALESCE(json_extract(%(expressions)s || '].%(key)s'), 0)",
            arg_joiner=", '$[' || ",
            **context,
        )


class Length(Func):
    """How many elements a JSON list has."""

    function = "jsonb_array_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_array_length", **context)


class Credits(Func):
    """Whether a snapshot credits a person with one of some roles. Takes the snapshot."""

    output_field = BooleanField()

    def __init__(
        self, snapshot: Any, *, person: int, roles: tuple[str, ...], **extra: Any
    ) -> None:
        # Numbers and our own words only, so nothing needs escaping.
        super().__init__(snapshot, **extra)
        self.person, self.roles = int(person), tuple(map(str, roles))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="EXISTS (SELECT 1 FROM json_each(%(expressions)s, '$.credits') AS line"
            " WHERE json_extract(line.value, '$.person') = %(person)s"
            " AND json_extract(line.value, '$.role') IN (%(roles)s))",
            person=self.person,
            roles=", ".join(f"'{role}'" for role in self.roles),
            **context,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="(%(expressions)s @@ "
            "'exists($.credits[*] ? (@.person == %(person)s && (%(roles)s)))')",
            person=self.person,
            roles=" || ".join(f'@.role == "{role}"' for role in self.roles),
            **context,
        )

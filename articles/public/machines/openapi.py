"""What the read-only API answers, as https://spec.openapis.org/oas/v3.1.0 describes it."""

from typing import Any

TEXT = {"type": "string"}
TIME = {"type": "string", "format": "date-time"}
ADDRESS = {"type": "string", "format": "uri"}


def of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def refer(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": schema}}}


def asked(name: str, said: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": said, "schema": TEXT}


NAMED = of(code=TEXT, name=TEXT)
PICTURE = of(
    type=TEXT,
    href=ADDRESS,
    width={"type": "integer"},
    height={"type": "integer"},
    altText=TEXT,
    description_text=TEXT,
    byline=TEXT,
)
ITEM = of(
    uri=ADDRESS,
    url=ADDRESS,
    type=TEXT,
    version=TEXT,
    pubstatus=TEXT,
    firstcreated=TIME,
    versioncreated=TIME,
    language=TEXT,
    headline=TEXT,
    kicker=TEXT,
    subheadline=TEXT,
    description_text=TEXT,
    byline=TEXT,
    profile=TEXT,
    section=NAMED,
    organisation=many(of(code=TEXT, name=TEXT, rel=TEXT)),
    person=many(of(name=TEXT, rel=TEXT)),
    subject=many(NAMED),
    infosource=many(of(name=TEXT, rel=TEXT, uri=TEXT)),
    associations={"type": "object", "additionalProperties": refer("Picture")},
    publisher=TEXT,
)
WHOLE = {"allOf": [refer("Item"), of(body_html=TEXT)]}
LIST = {
    "type": "object",
    "properties": {"items": many(refer("Item")), "next": ADDRESS},
    "required": ["items"],
}
ERROR = {
    "type": "object",
    "properties": {"error": TEXT, "ended_at": TIME},
    "required": ["error"],
}
NOT_FOUND = answer("There never was such a page.", refer("Error"))

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Articles",
        "version": "1",
        "description": "Published articles, read only. Names follow the ninjs of the IPTC.",
    },
    "paths": {
        "/api/articles/": {
            "get": {
                "operationId": "listArticles",
                "summary": "Articles without their texts, newest first, 20 at a time.",
                "parameters": [
                    asked("section", "Slug of a section. Not together with unit or tag."),
                    asked("unit", "Slug of a unit that contributed."),
                    asked("tag", "Slug of a tag."),
                    asked("before", "Where the next page begins; take it from `next`."),
                ],
                "responses": {"200": answer("A page.", refer("List")), "404": NOT_FOUND},
            }
        },
        "/api/articles/{number}/": {
            "get": {
                "operationId": "readArticle",
                "summary": "One article with its text.",
                "parameters": [
                    {
                        "name": "number",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "integer", "minimum": 0},
                    }
                ],
                "responses": {
                    "200": answer("The article.", refer("Article")),
                    "404": NOT_FOUND,
                    "410": answer("It was withdrawn, or its time is over.", refer("Error")),
                },
            }
        },
    },
    "components": {
        "schemas": {
            "Item": ITEM,
            "Article": WHOLE,
            "List": LIST,
            "Picture": PICTURE,
            "Error": ERROR,
        }
    },
}

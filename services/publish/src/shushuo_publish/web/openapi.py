"""The parameters and answers of the read side as OpenAPI, made from the models that read them."""

from typing import Any

from fastapi import FastAPI

from shushuo_publish.filters import Filters, Window

JSON = dict[str, Any]


def filter_parameters(*models: type[Filters] | type[Window]) -> list[JSON]:
    """The query parameters of these models, all filters and the window by default."""
    return [
        parameter(name, field)
        for model in models or (Filters, Window)
        for name, field in model.model_json_schema()["properties"].items()
    ]


def parameter(name: str, schema: JSON, *, required: bool = False) -> JSON:
    """One query parameter; what may be absent loses its null, which a query string cannot say."""
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    plain = {key: value for key, value in options[0].items() if key in _KEPT}
    if schema.get("default") is not None:
        plain["default"] = schema["default"]
    described: JSON = {"name": name, "in": "query", "required": required, "schema": plain}
    if "description" in schema:
        described["description"] = schema["description"]
    if schema.get("examples"):
        described["example"] = schema["examples"][0]
    return described


_KEPT = {"type", "enum", "minimum", "maximum", "maxLength", "pattern"}


def answers(shape: type[Any]) -> dict[int | str, JSON]:
    """The answers of a route that reads."""
    return {
        200: {"model": shape},
        304: {"description": "没有变化"},
        400: _problem("参数有误"),
        429: _problem("请求过于频繁"),
        503: _problem("暂时无法应答"),
    }


def not_found(description: str = "没有这份报告") -> dict[int | str, JSON]:
    """The answer where there is nothing."""
    return {404: _problem(description)}


def tell_the_truth(app: FastAPI) -> None:
    """What FastAPI cannot know: a wrong request is a 400 here, never its 422, and administration needs the token."""
    described = app.openapi

    def openapi() -> JSON:
        document = described()
        for operations in document["paths"].values():
            for operation in operations.values():
                told = operation["responses"]
                if told.pop("422", None):
                    told.setdefault("400", _problem("请求有误"))
                if "admin" in operation.get("tags", ()):
                    told["401"] = _problem("需要管理令牌")
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _problem(description: str) -> JSON:
    schema = {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {"type": "array", "items": {"type": "object"}},
        },
    }
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}

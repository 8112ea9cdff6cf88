"""The whole read side put onto an application: feeds, pages, API, and what holds for all of them."""

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware

from shushuo_publish.web.api import api_router
from shushuo_publish.web.feeds import feeds_router
from shushuo_publish.web.openapi import tell_the_truth
from shushuo_publish.web.pages import pages_router
from shushuo_publish.web.site import Site


def routers(site: Site) -> list[APIRouter]:
    """Everything that reads."""
    return [feeds_router(site), api_router(site), pages_router(site)]


def mount(app: FastAPI, site: Site) -> None:
    """Add the routers, and let pages of any origin read (never write, never with credentials)."""
    for router in routers(site):
        app.include_router(router)
    tell_the_truth(app)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match", "If-Modified-Since"],
        expose_headers=["ETag", "Link", "Last-Modified", "Retry-After"],
    )

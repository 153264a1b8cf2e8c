"""The routes of the service."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, HTTPException, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from .config import Config
from .items import Item, find_item, list_items
from .observe import Metrics, Observe
from .trace import traced_client

_log = logging.getLogger("service.app")


def create_app(config: Config) -> FastAPI:
    """The service; `app.state.is_ready = False` makes it drain."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await app.state.client.aclose()

    app = FastAPI(title=config.service_name, version=config.service_version, lifespan=lifespan)
    app.state.is_ready = True
    app.state.client = traced_client()
    app.add_middleware(Observe, metrics=metrics)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        if app.state.is_ready:
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "draining"}, status_code=503)

    @app.get("/metrics", include_in_schema=False)
    async def scrape() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @app.get("/api/items")
    async def get_items() -> dict[str, list[Item]]:
        return {"items": list_items()}

    @app.get("/api/items/{item_id}")
    async def get_item(item_id: str) -> Item:
        item = find_item(item_id)
        if item is None:
            raise HTTPException(404, f"there is no item {item_id}")
        return item

    @app.get("/api/upstream")
    async def ask_upstream() -> dict[str, int]:
        if config.upstream_url is None:
            raise HTTPException(501, "UPSTREAM_URL is not set")
        try:
            answer = await app.state.client.get(config.upstream_url)
        except httpx.HTTPError as error:
            _log.error("the upstream did not answer: %r", error)
            raise HTTPException(502, "the upstream did not answer") from error
        return {"status": answer.status_code}

    return app

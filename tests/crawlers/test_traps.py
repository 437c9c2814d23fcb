"""Lists without end, addresses without end, a false certificate: the crawl leaves them."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from scrapy.utils.project import get_project_settings

from crawlers.run import crawl
from tests.crawlers.little_site import (
    Answer,
    Asked,
    LittleSite,
    Reply,
    article,
    feed,
    news_sitemap,
    wipo_site,
    wipo_url,
)

ROOT = Path(__file__).resolve().parents[2]
INDEX = "/arc/outboundfeeds/news-sitemap-index/?outputType=xml"
SITE = "https://www.reuters.com"


def index(*paths: str) -> Reply:
    entries = "".join(f"<sitemap><loc>{SITE}{path}</loc></sitemap>" for path in paths)
    body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'
    return Reply(body, type="application/xml")


def test_an_index_within_an_index_is_followed_only_so_deep(tmp_path: Path) -> None:
    pages: dict[str, Answer] = {INDEX: index("/i1")} | {f"/i{n}": index(f"/i{n + 1}") for n in range(1, 9)}
    with LittleSite(pages) as site:
        crawl(["reuters"], data=tmp_path, press=site.address)
        asked = [path for path in site.paths() if path.startswith("/i")]
    assert asked == ["/i1", "/i2", "/i3"]


def test_a_run_asks_for_so_many_lists_and_says_so(tmp_path: Path) -> None:
    lists = {f"/s{n}": news_sitemap(f"{SITE}/world/report-{n}-2024-07-09/") for n in range(8)}
    with LittleSite({INDEX: index(*lists), **lists}) as site:
        report = crawl(["reuters"], data=tmp_path, press=site.address, settings={"LISTINGS_LIMIT": 3})
        asked = [path for path in site.paths() if path.startswith("/s")]
    assert len(asked) == 2
    assert any("the most a run may" in str(warning) for warning in report.warnings)


def test_an_address_without_end_is_not_asked_for(tmp_path: Path) -> None:
    long = f"{wipo_url(9)}?part={'x' * 2_000}"
    with LittleSite(wipo_site(1) | {"/pressroom/en/rss.xml": feed(wipo_url(1), long)}) as site:
        crawl(["wipo"], data=tmp_path, press=site.address)
        assert any(path.endswith("article_0001.html") for path in site.paths())
        assert not any("xxx" in path for path in site.paths())


def test_nothing_of_scrapy_can_be_controlled_from_outside() -> None:
    settings = get_project_settings()
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")


@pytest.fixture
def own_certificate(tmp_path: Path) -> Path:
    """Key and certificate that a server made for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "own.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.mark.parametrize("checked", [True, False])  # unchecked the page would come: what refuses it is the setting
def test_a_certificate_that_nobody_signed_is_refused(own_certificate: Path, checked: bool) -> None:
    site = LittleSite({"/": article("canary")})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate)
    site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
    given = {"ROBOTSTXT_OBEY": 0, "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver", "RETRY_TIMES": 0}
    if not checked:
        given["DOWNLOAD_VERIFY_CERTIFICATES"] = 0
    options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    with site:
        url = f"https://localhost:{site.address.rpartition(':')[2]}/"
        env = {**os.environ, "DATELINE_PRESS": "", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "fetch", *options, url],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert ("canary" in done.stdout) is not checked


def test_a_cookie_is_never_sent_back(tmp_path: Path) -> None:
    def marked(asked: Asked) -> Reply:
        return Reply(article().body, headers={"Set-Cookie": "token=canary; Path=/"})

    pages = {
        path: marked if "article_" in path else answer for path, answer in wipo_site(24).items()
    }  # more than go out at once
    with LittleSite(pages) as site:
        crawl(["wipo"], data=tmp_path, press=site.address)
    assert sum("article_" in path for path in site.paths()) == 24
    assert not any("Cookie" in asked.headers for asked in site.asked)

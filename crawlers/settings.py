"""How the crawl behaves: an honest name, one request a host at a time, limits on everything, nothing remote."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("dateline")
except PackageNotFoundError:  # run from a tree that was never installed
    VERSION = "0"

BOT_NAME = "dateline"
SPIDER_MODULES = ["crawlers"]

# Who asks. DATELINE_CONTACT is an address or page where a site's owner reaches whoever runs this.
DATELINE_CONTACT = " ".join(os.environ.get("DATELINE_CONTACT", "").split())
USER_AGENT = f"Dateline/{VERSION} (news research; {DATELINE_CONTACT or 'no contact given'})"
ROBOTSTXT_USER_AGENT = "Dateline"
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "en,zh;q=0.5"}

# The sample press's address: every request goes there, at full speed. Empty: the real sites.
DATELINE_PRESS = os.environ.get("DATELINE_PRESS", "")

# Polite.
ROBOTSTXT_OBEY = True
CRAWL_DELAY_OBEY = True
CRAWL_DELAY_LONGEST = 120.0  # seconds; a host that asks for more is not crawled
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # it would undercut a crawl-delay
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
REFUSALS_LIMIT = 3
RETRY_AFTER_LONGEST = 120.0  # seconds; a host that asks for more is left alone for the run
RETRY_AFTER_DEFAULT = 30.0
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 are for manners.py
COOKIES_ENABLED = False
REFERER_ENABLED = False

# Limits.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
DEPTH_LIMIT = 3
URLLENGTH_LIMIT = 2000
LISTINGS_LIMIT = 1_000  # sitemaps, feeds and list pages a source and run

# Only http, only public addresses, only checked certificates.
DOWNLOAD_HANDLERS = {
    "http": "crawlers.network.Network",
    "https": "crawlers.network.Network",
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
TWISTED_DNS_RESOLVER = "crawlers.network.PublicResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

HTTPERROR_ALLOW_ALL = True  # every answer gets an outcome
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.middlewares.robots.Robots": 100,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawlers.middlewares.redirects.OnSiteRedirects": 600,
}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawlers.throttle.Throttle": 0,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}
CONCURRENT_ITEMS = 1  # Scrapy starts so many tasks for each page, though the spider keeps its pages itself
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the spider's source anew for each page
STATS_DUMP = False
LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []

# At the sample press there is nobody to be polite to; robots and refusals are obeyed all the same.
AT_PRESS = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CRAWL_DELAY_OBEY": False,
    "HTTPPROXY_ENABLED": False,
    "RETRY_AFTER_DEFAULT": 1.0,
    "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver",  # loopback, and nothing else is asked
}

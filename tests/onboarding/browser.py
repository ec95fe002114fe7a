"""A person at a browser: signs in, and calls what the pages of Odoo call."""

import html
import re

import requests

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
# Of a page, what is no text: styles, scripts, the names of the languages to choose.
SILENT = re.compile(r"(?s)<(style|script|nav|head)\b.*?</\1>")


class RefusedError(Exception):
    """What the server says in the place of an answer."""


class Browser:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False

    def sign_in(self, login, password):
        """Sign in with the form that everybody signs in with."""
        page = self.get("/web/login")
        values = {"login": login, "password": password, "csrf_token": token(page)}
        page = self.session.post(f"{self.base}/web/login", data=values)
        assert "/web/login" not in page.url, f"{login} cannot sign in"
        return self

    def accept(self, link, password):
        """Follow an invitation, and choose a password."""
        page = self.session.get(link)
        fields = re.findall(r"<input[^>]+>", page.text)
        values = {}
        for field in fields:
            name = re.search(r'name="([^"]+)"', field)
            value = re.search(r'value="([^"]*)"', field)
            if name:
                values[name[1]] = html.unescape(value[1]) if value else ""
        values |= {"password": password, "confirm_password": password}
        page = self.session.post(link, data=values)
        page.raise_for_status()
        return self

    def get(self, path):
        page = self.session.get(f"{self.base}{path}")
        page.raise_for_status()
        return page

    def post(self, path, **values):
        page = self.session.post(f"{self.base}{path}", data=values)
        page.raise_for_status()
        return page

    def call(self, model, method, *args, **kwargs):
        """A method of a model, as the web client calls it."""
        answer = self.session.post(
            f"{self.base}/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": model, "method": method, "args": args, "kwargs": kwargs
                },
            },
        ).json()  # fmt: skip
        if "error" in answer:
            raise RefusedError(answer["error"]["data"]["message"])
        return answer.get("result")

    def read(self, model, domain, *names):
        return self.call(model, "search_read", domain, list(names))


def token(page):
    return TOKEN.search(page.text)[1]


def text(page):
    """What a person reads of a page."""
    return html.unescape(re.sub(r"<[^>]+>", " ", SILENT.sub(" ", page)))

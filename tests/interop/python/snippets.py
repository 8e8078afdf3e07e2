"""Runs a snippet of docs/tokens.md against tokens.

Arguments: the framework, the file with the snippet. Standard input: {"tokens": [{"name": …, "token": …}]};
the key is where the snippet looks for it. Standard output: for each name {"account": id}, or {"refused": why}.
"""

import importlib.util
import json
import sys


def load(path):
    spec = importlib.util.spec_from_file_location("snippet", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["snippet"] = module
    spec.loader.exec_module(module)
    return module


def called(snippet):
    def ask(token):
        try:
            return {"account": snippet.account_of(token)}
        except Exception as error:  # Whatever it is, it is a refusal.
            return {"refused": f"{type(error).__name__}: {error}"}

    return ask


def answered(status, body):
    if status == 200:
        return {"account": body["account"]}
    assert status == 401, (status, body)
    return {"refused": json.dumps(body)}


def flask(snippet):
    client = snippet.app.test_client()

    def ask(token):
        answer = client.get("/account", headers={"Authorization": f"Bearer {token}"})
        return answered(answer.status_code, answer.json)

    return ask


def django(snippet):
    """The snippet is the settings; what every project has beside them is added."""
    from django.conf import settings

    names = {name: getattr(snippet, name) for name in ("REST_FRAMEWORK", "SIMPLE_JWT")}
    apps = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"]
    settings.configure(**names, SECRET_KEY="of the project", INSTALLED_APPS=apps, USE_TZ=True)

    import django

    django.setup()

    from rest_framework.response import Response
    from rest_framework.test import APIRequestFactory
    from rest_framework.views import APIView

    class Account(APIView):
        def get(self, request):
            return Response({"account": request.user.id})

    view = Account.as_view()

    def ask(token):
        request = APIRequestFactory().get("/account", HTTP_AUTHORIZATION=f"Bearer {token}")
        answer = view(request)
        return answered(answer.status_code, json.loads(json.dumps(answer.data, default=str)))

    return ask


ask = {"pyjwt": called, "flask": flask, "django": django}[sys.argv[1]](load(sys.argv[2]))
given = json.load(sys.stdin)
json.dump({case["name"]: ask(case["token"]) for case in given["tokens"]}, sys.stdout)

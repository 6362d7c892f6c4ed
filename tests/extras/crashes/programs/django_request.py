"""A request to Django: address, headers, cookies, form, the user and the settings of a database."""
# [requires] django
# [plants] email password cookie bearer ipv4 person card
# [stays] no such plan
# [stays] members/join

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse  # noqa: TC002  # read by nobody
from django.test import RequestFactory
from django.urls import path

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def join(request: HttpRequest) -> HttpResponse:
    """Let somebody join."""
    plan = request.GET.get("plan")
    member = dict(request.POST.items())
    message = f"no such plan {plan!r} for {member['email']}"
    raise LookupError(message)


urlpatterns = [path("members/join", join)]


def main() -> None:
    """Send one request."""
    settings.configure(
        ROOT_URLCONF=__name__,
        SECRET_KEY=of("client_secret"),
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    factory = RequestFactory()
    factory.cookies["remember_me"] = of("cookie")
    request = factory.post(
        f"/members/join?plan=gold&email={of('email')}",
        {
            "email": of("email"),
            "password": of("password"),
            "full_name": of("person"),
            "card_number": of("card"),
        },
        headers={"authorization": f"Bearer {of('bearer')}", "x-forwarded-for": of("ipv4")},
        REMOTE_ADDR=of("ipv4"),
    )
    list(get_wsgi_application()(request.environ, lambda *_answer: print))


start()
main()

"""
Tests of somebody else, who uses `leak_guard`: what each does, and what the guard has to say.

They are texts, since they are run by a pytest inside of pytest.
"""

from __future__ import annotations

from functools import cache

from scrubber import Identity, Scrubber


@cache
def scrubber() -> Scrubber:
    """Give the scrubber that all of them share."""
    return Scrubber("fast", identity=Identity.none())


PRELUDE = """
import asyncio, logging, logging.handlers, threading, unittest
import pytest, sentry_sdk
from sentry_sdk.transport import Transport
from scrubber import Identity
from scrubber.integrations.logging import ScrubFilter, ScrubHandler
from tests.testing.plugin_cases import scrubber

SCRUBBER = scrubber()
scrub = SCRUBBER.scrub
DSN = "http://public@192.0.2.1/1"
QUIET = {"default_integrations": False, "auto_enabling_integrations": False}

class Recording(Transport):
    def __init__(self, options=None):
        super().__init__(options)
        self.sent = []
    def capture_envelope(self, envelope):
        self.sent.append(envelope)

def init(**options):
    sentry_sdk.init(**{"dsn": DSN, **QUIET, **options})

def crash(text):
    try:
        raise ValueError("no " + text)
    except ValueError:
        sentry_sdk.capture_exception()

def keep(value):
    with open("planted.txt", "a", encoding="utf-8") as file:
        file.write(value + "\\n")
    return value

class Handler(logging.Handler):
    # Writes nothing, and formats only if it has a formatter of its own.
    def emit(self, record):
        if self.formatter:
            self.format(record)

def logger(*handlers, name="app.login"):
    one = logging.getLogger(name)
    one.propagate = False
    one.handlers[:] = handlers
    one.setLevel("DEBUG")
    return one

@pytest.fixture
def mail(leak_guard):
    return keep(leak_guard.canary("EMAIL_ADDRESS"))

@pytest.fixture(autouse=True)
def nothing_left():
    yield
    sentry_sdk.get_isolation_scope().clear()
    logger().propagate = True
"""
"""What each of them begins with."""

RAISED = "event: exception.values[0].value holds EMAIL_ADDRESS (planted, raw)"

ENVELOPES = {
    "an event": (
        """
        def test(mail):
            init()
            crash(mail)
        """,
        RAISED,
    ),
    "an event in base64": (
        """
        import base64
        def test(mail):
            init()
            sentry_sdk.capture_message(base64.b64encode(mail.encode()).decode())
        """,
        "event: message holds EMAIL_ADDRESS (planted, base64",
    ),
    "a key": (
        """
        def test(mail):
            init()
            sentry_sdk.set_context('a', {mail: 1})
            sentry_sdk.capture_message('x')
        """,
        "event: contexts.a[key] holds EMAIL_ADDRESS (planted, raw)",
    ),
    "an event of a client without a DSN": (
        """
        def test(mail):
            init(dsn=None)
            crash(mail)
        """,
        RAISED,
    ),
    "an event of a client made before the fixture": (
        """
        @pytest.fixture
        def early():
            init()
        def test(early, mail):
            crash(mail)
        """,
        RAISED,
    ),
    "an event to a transport of the test's own": (
        """
        def test(mail):
            own = Recording()
            init(transport=own)
            crash(mail)
            assert len(own.sent) == 1
        """,
        RAISED,
    ),
    "an event to a class of transports": (
        """
        def test(mail):
            init(transport=Recording)
            crash(mail)
            assert len(sentry_sdk.get_client().transport.sent) == 1
        """,
        RAISED,
    ),
    "an event to a function": (
        """
        @pytest.mark.filterwarnings('ignore')
        def test(mail):
            got = []
            init(transport=got.append)
            crash(mail)
            assert len(got) == 1
        """,
        RAISED,
    ),
    "an event to a transport patched by the test": (
        """
        def test(mail, monkeypatch):
            init()
            got = []
            monkeypatch.setattr(sentry_sdk.get_client().transport, 'capture_envelope', got.append)
            crash(mail)
            assert len(got) == 1
        """,
        RAISED,
    ),
    "the first of several clients": (
        """
        def test(mail):
            init()
            crash(mail)
            init(before_send=scrub)
            crash(mail)
        """,
        "event: exception.values[0].value holds EMAIL_ADDRESS (planted, raw)\n",
    ),
    "another thread": (
        """
        def test(mail):
            init()
            one = threading.Thread(target=crash, args=(mail,))
            one.start()
            one.join()
        """,
        RAISED,
    ),
    "an isolated scope with a client of its own": (
        """
        def test(mail):
            init(before_send=scrub)
            with sentry_sdk.isolation_scope() as scope:
                scope.set_client(sentry_sdk.Client(dsn=DSN, **QUIET))
                crash(mail)
        """,
        RAISED,
    ),
    "a breadcrumb": (
        """
        def test(mail):
            init(before_breadcrumb=lambda crumb, hint: crumb)
            sentry_sdk.add_breadcrumb(message=mail)
            sentry_sdk.capture_message('x')
        """,
        "event: breadcrumbs.values[0].message holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a transaction, its spans and the header": (
        """
        def test(mail):
            init(traces_sample_rate=1.0)
            with sentry_sdk.start_transaction(name=mail, source='custom'):
                with sentry_sdk.start_span(op='db', name=mail):
                    pass
        """,
        "].description holds EMAIL_ADDRESS (planted, raw)",
    ),
    "the header of an envelope": (
        """
        def test(mail):
            init(traces_sample_rate=1.0)
            with sentry_sdk.start_transaction(name=mail, source='custom'):
                pass
        """,
        "envelope headers: trace.transaction holds EMAIL_ADDRESS (planted, raw)",
    ),
    "an attachment": (
        """
        def test(mail):
            init()
            with sentry_sdk.new_scope() as scope:
                scope.add_attachment(bytes=mail.encode(), filename='a.txt')
                sentry_sdk.capture_message('x')
        """,
        "attachment holds EMAIL_ADDRESS (planted, raw)",
    ),
    "an attachment by its path": (
        """
        def test(mail, tmp_path):
            init()
            path = tmp_path / 'a.txt'
            path.write_text(mail)
            with sentry_sdk.new_scope() as scope:
                scope.add_attachment(path=str(path))
                sentry_sdk.capture_message('x')
            path.unlink()
        """,
        "attachment holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a log of the SDK, which waits for others": (
        """
        def test(mail):
            from sentry_sdk import logger
            init(enable_logs=True)
            logger.info('to ' + mail)
        """,
        "log: items[0].body holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a metric": (
        """
        def test(mail):
            init()
            sentry_sdk.metrics.count('n', 1, attributes={'who': mail})
        """,
        "trace_metric: items[0].attributes.who.value holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a check-in": (
        """
        from sentry_sdk.crons import capture_checkin
        def test(mail):
            init()
            capture_checkin(monitor_slug=mail, status='ok')
        """,
        "check_in: monitor_slug holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a session": (
        """
        def test(mail):
            init(release='a@1', environment=mail, auto_session_tracking=True)
            scope = sentry_sdk.get_isolation_scope()
            scope.start_session()
            scope.end_session()
        """,
        "attrs.environment holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a value planted after it was sent": (
        """
        def test(leak_guard):
            init()
            sentry_sdk.capture_message('for j.tavrinsky')
            leak_guard.plant('j.tavrinsky', entity='USERNAME')
        """,
        "event: message holds USERNAME (planted, raw)",
    ),
    "a sample of scrubber.testing": (
        """
        from scrubber.testing.planting import Planted, Sample
        def test(leak_guard):
            init()
            leak_guard.plant(Sample('', (Planted('PERSON', 'Jane Tavrinsky', ('Tavrinsky',)),)))
            sentry_sdk.capture_message('dear Ms Tavrinsky')
        """,
        "event: message holds PERSON (part of what was planted, raw)",
    ),
    "halves of what was planted": (
        """
        def test(leak_guard):
            init()
            for entity, cut in (('SECRET', slice(16)), ('PHONE_NUMBER', slice(7, 99))):
                value = keep(leak_guard.canary(entity))
                sentry_sdk.capture_message(value[cut])
            mail = keep(leak_guard.canary('EMAIL_ADDRESS')).partition('@')[0]
            sentry_sdk.capture_message(mail.partition('.')[2])
        """,
        "leak_guard: 3 leaks",
    ),
    "a test that is expected to fail": (
        """
        @pytest.mark.xfail
        def test(mail):
            init()
            crash(mail)
            assert 0
        """,
        RAISED,
    ),
    "a test that skips itself": (
        """
        def test(mail):
            init()
            crash(mail)
            pytest.skip('late')
        """,
        RAISED,
    ),
    "a test of unittest": (
        """
        @pytest.mark.usefixtures('leak_guard')
        class TestIt(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def given(self, mail):
                self.mail = mail
            def test(self):
                init()
                crash(self.mail)
        """,
        RAISED,
    ),
    "a coroutine": (
        """
        async def fail(mail):
            crash(mail)
        def test(mail):
            init()
            asyncio.run(fail(mail))
        """,
        RAISED,
    ),
    "a fixture that is asked for late": (
        """
        def test(request):
            init()
            guard = request.getfixturevalue('leak_guard')
            crash(keep(guard.canary('USERNAME')))
        """,
        "event: exception.values[0].value holds USERNAME (planted, raw)",
    ),
}
"""What leaves through Sentry, and a line of what is told."""

RECORDS = {
    "a message": (
        """
        def test(mail):
            logger(logging.StreamHandler()).warning('to %s', mail)
        """,
        "log app.login: text holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a record that nobody takes": (
        """
        def test(mail):
            logger().info('to %s', mail)
        """,
        "log app.login: message holds EMAIL_ADDRESS (planted, raw)",
    ),
    "an extra that the format does not write": (
        """
        def test(mail):
            logger(logging.StreamHandler()).info('x', extra={'user': {'m': [mail]}})
        """,
        "log app.login: extra.user.m[0] holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a traceback": (
        """
        def test(mail):
            try:
                raise ValueError(mail)
            except ValueError:
                logger(Handler()).exception('x')
        """,
        "log app.login: exception holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a handler before the one that scrubs": (
        """
        def test(mail):
            clean = Handler()
            clean.addFilter(ScrubFilter(SCRUBBER))
            logger(Handler(), clean).info('to %s', mail)
        """,
        "leak_guard: 1 leak",
    ),
    "a handler with a way of its own": (
        """
        class Own(logging.Handler):
            def handle(self, record):
                return True
        def test(mail):
            logger(Own()).info('to %s', mail)
        """,
        "log app.login: message holds EMAIL_ADDRESS (planted, raw)",
    ),
    "a message that does not fit its arguments": (
        """
        def test(mail):
            logger(Handler()).info('%d items', mail)
        """,
        "log app.login: args[0] holds EMAIL_ADDRESS (planted, raw)",
    ),
    "an object that is logged": (
        """
        class User:
            def __init__(self, mail):
                self.mail = mail
            def __str__(self):
                raise RuntimeError(self.mail)
            def __repr__(self):
                return f'User({self.mail})'
        def test(mail):
            logger(Handler()).info('x', extra={'who': User(mail)})
        """,
        "log app.login: extra.who[0] holds EMAIL_ADDRESS (planted, raw)",
    ),
    "the name of a logger": (
        """
        def test(mail):
            logger(Handler(), name='app.' + mail).info('x')
        """,
        "log [logger]: name holds EMAIL_ADDRESS (planted, raw)",
    ),
    "what caplog sees as well": (
        """
        def test(mail, caplog):
            caplog.set_level('DEBUG')
            logging.getLogger('apphere').debug('to %s', mail)
            assert mail in caplog.text
        """,
        "log apphere: message holds EMAIL_ADDRESS (planted, raw)",
    ),
}
"""What leaves through logging, and a line of what is told."""

CLEAN = {
    "events that are scrubbed": """
    def test(mail):
        init(before_send=scrub)
        crash(mail)
    """,
    "events that are scrubbed on their way into a transport of the test's own": """
    def test(mail):
        own = Recording()
        init(transport=own, before_send=scrub)
        crash(mail)
        assert len(own.sent) == 1
    """,
    "breadcrumbs that are scrubbed": """
    def crumb(crumb, hint):
        return {**crumb, 'message': SCRUBBER.scrub_text(crumb['message'])}
    def test(mail):
        init(before_breadcrumb=crumb)
        sentry_sdk.add_breadcrumb(message=mail)
        sentry_sdk.capture_message('x')
    """,
    "everything, after install": """
    from scrubber.integrations.sentry import install, uninstall
    def test(mail):
        own = Recording()
        install(DSN, scrubber=SCRUBBER, transport=own, **QUIET)
        try:
            crash(mail)
            with sentry_sdk.new_scope() as scope:
                scope.add_attachment(bytes=mail.encode(), filename='a.txt')
                sentry_sdk.capture_message('x')
            assert len(own.sent) == 2
        finally:
            uninstall()
    """,
    "install before the fixture": """
    from scrubber.integrations.sentry import install, uninstall
    own = Recording()
    @pytest.fixture
    def early():
        install(DSN, scrubber=SCRUBBER, transport=own, **QUIET)
        yield
        uninstall()
    def test(early, request):
        guard = request.getfixturevalue('leak_guard')
        mail = keep(guard.canary('EMAIL_ADDRESS'))
        crash(mail)
        with sentry_sdk.new_scope() as scope:
            scope.add_attachment(bytes=mail.encode(), filename='a.txt')
            sentry_sdk.capture_message('x')
        assert guard.envelopes == len(own.sent) == 2
    """,
    "events that are dropped": """
    def test(mail):
        init(before_send=lambda event, hint: None)
        crash(mail)
    """,
    "a handler that scrubs": """
    def test(mail):
        handler = logging.StreamHandler()
        handler.addFilter(ScrubFilter(SCRUBBER))
        try:
            raise ValueError(mail)
        except ValueError:
            logger(handler).exception('to %s', mail, extra={'user': {'m': [mail]}})
    """,
    "a formatter that scrubs": """
    class Clean(logging.Formatter):
        def format(self, record):
            return SCRUBBER.scrub_text(super().format(record))
    def test(mail):
        handler = Handler()
        handler.setFormatter(Clean())
        logger(handler).info('to %s', mail, extra={'user': mail})
    """,
    "a handler that scrubs later, and one behind it": """
    def test(mail):
        logger(ScrubHandler(Handler(), scrubber=SCRUBBER)).info('to %s', mail)
    """,
    "a queue, to a handler that scrubs": """
    import queue
    def test(mail):
        clean = Handler()
        clean.addFilter(ScrubFilter(SCRUBBER))
        through = queue.Queue()
        listener = logging.handlers.QueueListener(through, clean)
        listener.start()
        logger(logging.handlers.QueueHandler(through)).info('to %s', mail)
        listener.stop()
    """,
    "a record that a handler refuses": """
    def test(mail):
        handler = Handler()
        handler.setLevel('ERROR')
        logger(handler).info('to %s', mail)
    """,
    "a record that a filter refuses": """
    def test(mail):
        handler = Handler()
        handler.addFilter(lambda record: False)
        logger(handler).info('to %s', mail)
    """,
    "an entity that is allowed": """
    @pytest.mark.leak_allowed('PERSON', 'EMAIL_ADDRESS', reason='shown to its owner')
    def test(mail):
        init()
        crash(mail)
    """,
    "an entity that is allowed in a class": """
    @pytest.mark.leak_allowed('EMAIL_ADDRESS', reason='shown to its owner')
    class TestAll:
        def test(self, mail):
            init()
            crash(mail)
    """,
    "an entity that is allowed in a module": """
    pytestmark = pytest.mark.leak_allowed('EMAIL_ADDRESS', reason='shown to its owner')
    def test(mail):
        init()
        crash(mail)
    """,
    "an object that tells nothing": """
    class Broken:
        def __str__(self):
            raise RuntimeError
        __repr__ = __str__
    def test(mail):
        logger(Handler()).info('x', extra={'who': Broken(), 'all': {1: {2}}})
    """,
    "a list in itself": """
    def test(mail):
        round = []
        round.append(round)
        logger(Handler()).info('x', extra={'round': round})
    """,
}
"""What leaves nothing."""

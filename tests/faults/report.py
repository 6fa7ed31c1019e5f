"""Names, outcomes and numbers of the tests in this directory."""
import sys
import traceback


class Skip(Exception):
    """This machine cannot show it; the reason is said."""


class Failure(AssertionError):
    pass


def check(true, *words):
    if not true:
        raise Failure(" ".join(str(word) for word in words))


def run(tests):
    """Runs functions whose names are sentences; the last line counts for tests/run.sh."""
    passed = failed = 0
    for test in tests:
        name = test.__name__
        try:
            test()
        except Skip as reason:
            print(f"  skipped {name}: {reason}", flush=True)
        except Failure as failure:
            failed += 1
            print(f"  FAILED  {name}: {failure}", flush=True)
        except Exception:  # the test itself broke: that is no success either
            failed += 1
            print(f"  FAILED  {name}:", flush=True)
            traceback.print_exc(file=sys.stdout)
        else:
            passed += 1
            print(f"  ok      {name}", flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0

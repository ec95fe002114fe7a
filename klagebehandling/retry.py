"""Steps that meet another writer, and run again."""

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

# How often a step that met another writer runs at once.
TRIES = 5


def until_alone(env, step):
    """Run a step; one that met another writer is undone and runs again.

    All of the transaction is undone with it: nothing else may wait in it.

    :param step: is called without arguments
    :return: what it returned
    """
    for left in reversed(range(TRIES)):
        try:
            result = step()
            env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            env.transaction.reset()
            if not left:
                raise
        else:
            return result
    return None

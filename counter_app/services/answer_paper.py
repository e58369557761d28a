"""After a crash or a silent printer: the clerk says whether the paper came out."""

from counter_app.services.context import Counter
from counter_app.services.queue_print import queue_print
from counter_app.store import cases, print_jobs
from counter_app.store.access import Access
from counter_app.store.transaction import write

CAME, NOT, HALF = "came", "not", "half"
ANSWERS = {CAME: "出来了", NOT: "没出来", HALF: "只出来一半"}


def answer_paper(counter: Counter, job_id: str, answer: str) -> str:
    """Settle a job left in `printing`; returns the id of the job to run now, "" where none is.

    came: printed. not: the same job waits again, still the original. half: that paper is used up, a
    new job says 副本.

    Raises:
        KeyError: `answer` is none of ANSWERS.
    """
    words = ANSWERS[answer]
    with write(counter.station) as tx:
        job = print_jobs.get(tx, job_id)
        if job is None or job.state != print_jobs.PRINTING:
            return ""
        now = counter.clock.now_ms()
        told = f"{counter.clerk.name}答：{words}"
        counter.access.add(
            Access(now, counter.clerk.id, "paper", job.case_id, f"{job.sheet} {words}")
        )
        if answer == NOT:
            print_jobs.move(tx, job_id, print_jobs.QUEUED, now, told)
            return job_id
        print_jobs.move(tx, job_id, print_jobs.PRINTED, now, told)
        row = cases.get(tx, job.case_id)
        if answer == CAME or row is None or row.state in cases.CLOSED:
            return ""
        return queue_print(counter, tx, row, job.sheet).job_id

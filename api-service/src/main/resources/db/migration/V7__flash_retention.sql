-- What retention looks for in flash jobs and journals, and by which it finds it.
create index flash_job_ended on flash_job (ended_at) where ended_at is not null;
create index flash_job_rechecks on flash_job (rechecks) where rechecks is not null;
create index journal_run_job on journal_run (job);

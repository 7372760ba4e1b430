-- Runs that agents' journals tell of: those without the farm among them, and those that a farm whose
-- database was restored has forgotten.
create table journal_run (
  host_id text not null,
  job text not null,
  kind text not null,
  card_id text not null,
  image_name text not null,
  image_sha256 text not null,
  image_id text,
  told_at timestamptz not null default now(),
  -- Null until its end was told.
  ended_at timestamptz,
  verdict text,
  -- Whether the card was written to; null when nobody knows.
  wrote boolean,
  primary key (host_id, job)
);
create index journal_run_card on journal_run (card_id);

-- Which image is on which card since when: that of the last run that may have written to it, if that
-- passed, and no later reading of it found anything else. A run counts once: the farm's own record of
-- it wherever that knows how it went, the journal's otherwise.
drop view card_image;
create view card_image as
with known as (
  select f.card_id, f.id as job_id, f.image_name, f.image_sha256, f.image_id,
    f.state = 'PASSED' and f.verdict is distinct from 'PARTIAL' as good,
    coalesce(f.started_at, f.ended_at) as at, f.ended_at as since
  from flash_job f
  where f.card_id is not null and f.kind = 'FLASH'
    and ((f.started_at is not null and f.wrote is distinct from false)
      or (f.state = 'FAILED' and f.wrote is null
        and not exists (select 1 from journal_run r where r.job = f.id and r.ended_at is not null)))
  union all
  select r.card_id, r.job, r.image_name, r.image_sha256, r.image_id,
    coalesce(r.verdict = 'PASSED', false), r.told_at, r.ended_at
  from journal_run r
  where r.kind = 'FLASH' and r.wrote is distinct from false
    and not exists (
      select 1 from flash_job f
      where f.id = r.job and (f.wrote is not null or f.started_at is not null))),
last as (select distinct on (card_id) * from known order by card_id, at desc)
select l.card_id, l.job_id, l.image_name, l.image_sha256, l.image_id, l.since
from last l
where l.good and not exists (
  select 1 from flash_job v
  where v.card_id = l.card_id and v.kind = 'VERIFY' and v.state = 'FAILED' and v.ended_at > l.at
    and v.image_sha256 = l.image_sha256
    and v.verdict in ('GHOST_WRITE', 'FAKE_CAPACITY', 'DATA_LOST', 'UNSTABLE', 'READ_FAILED'));

-- Lab hosts, their slots and cards, as their agents told; and flash jobs, whose state never changes
-- but by one conditional UPDATE: see FlashTransition.

create table lab_host (
  id text primary key,
  version text not null,
  boot_id text not null,
  -- Jobs whose lane process lived at the last inventory: a JSON array.
  lanes jsonb not null default '[]',
  inventory_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

create table lab_slot (
  host_id text not null references lab_host,
  slot text not null,
  -- In the order of the agent's configuration.
  position int not null,
  state text not null,
  refusal text,
  unattended boolean not null,
  card_id text,
  report text not null,
  primary key (host_id, slot)
);

create table card (
  id text primary key,
  label text,
  state text not null check (state in ('NEW', 'QUALIFIED', 'SUSPECT', 'QUARANTINED', 'RETIRED')),
  score int not null,
  host_id text not null references lab_host,
  slot text not null,
  seen_at timestamptz not null default now()
);

create table flash_job (
  id text primary key,
  -- Order of arrival, which is each slot's line.
  seq bigint generated always as identity unique,
  batch text not null,
  tenant text not null,
  kind text not null check (kind in ('FLASH', 'VERIFY')),
  state text not null check (state in ('REQUESTED', 'PLANNED', 'CONFIRMED', 'WRITING', 'VERIFYING',
    'PASSED', 'FAILED', 'NEEDS_CHECK', 'CANCELLED', 'EXPIRED')),
  host_id text not null,
  slot text not null,
  -- The image's facts stay; its bytes are held only until the job ends.
  build_id text,
  blob_id text references blob,
  image_url text,
  image_name text not null,
  image_sha256 text not null check (image_sha256 ~ '^[0-9a-f]{64}$'),
  image_size bigint,
  image_id text,
  -- The earlier flash whose card is read again.
  rechecks text references flash_job,
  options text not null,
  unattended boolean not null,
  -- The lease, and the last thing that was told under one which ended with that.
  fence bigint not null default 0,
  secret_sha256 text,
  lease_until timestamptz,
  told_fence bigint,
  told_secret_sha256 text,
  told text,
  cancel_asked boolean not null default false,
  phase text not null default '',
  percent int not null default 0,
  detail text not null default '',
  plan text,
  token text,
  plan_until timestamptz,
  card_id text,
  -- The end.
  report text,
  verdict text,
  -- Whether the card was written to; null when nobody knows.
  wrote boolean,
  reason text,
  unusable boolean not null default false,
  proof text check (proof in ('BOOTED', 'GHOST')),
  proof_image_id text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  -- When its agent was lost.
  lost_at timestamptz,
  ended_at timestamptz,
  check ((state in ('PASSED', 'FAILED', 'CANCELLED', 'EXPIRED')) = (ended_at is not null)),
  check (ended_at is null or blob_id is null),
  check (state not in ('PLANNED', 'CONFIRMED', 'WRITING', 'VERIFYING', 'NEEDS_CHECK')
    or (plan is not null and token is not null and plan_until is not null and card_id is not null)),
  check (state not in ('WRITING', 'VERIFYING', 'NEEDS_CHECK') or started_at is not null),
  check (state <> 'NEEDS_CHECK' or lost_at is not null),
  check (proof is null or state = 'PASSED')
);

-- From its plan to its end a job has its slot and its card to itself.
create unique index flash_job_slot on flash_job (host_id, slot)
  where state in ('PLANNED', 'CONFIRMED', 'WRITING', 'VERIFYING', 'NEEDS_CHECK');
create unique index flash_job_card on flash_job (card_id)
  where state in ('PLANNED', 'CONFIRMED', 'WRITING', 'VERIFYING', 'NEEDS_CHECK');
create index flash_job_line on flash_job (host_id, slot, seq) where state = 'REQUESTED';
create index flash_job_lease on flash_job (lease_until) where lease_until is not null;
create index flash_job_plan on flash_job (plan_until) where state in ('PLANNED', 'CONFIRMED');
create index flash_job_waiting on flash_job (created_at) where state = 'REQUESTED';
create index flash_job_batch on flash_job (batch);
create index flash_job_history on flash_job (card_id, seq desc) where card_id is not null;
create index flash_job_blob on flash_job (blob_id) where blob_id is not null;
create index flash_job_claim on flash_job (secret_sha256) where secret_sha256 is not null;

-- Which image is on which card since when: that of the last job that may have written to it, if that
-- passed, and no later reading of it found anything else.
create view card_image as
select w.card_id, w.id as job_id, w.image_name, w.image_sha256, w.image_id, w.ended_at as since
from (
  select distinct on (j.card_id) j.* from flash_job j
  where j.card_id is not null and j.kind = 'FLASH'
    and ((j.started_at is not null and j.wrote is distinct from false)
      or (j.ended_at is not null and j.state = 'FAILED' and j.wrote is null))
  order by j.card_id, j.seq desc) w
where w.state = 'PASSED' and w.verdict is distinct from 'PARTIAL' and not exists (
  select 1 from flash_job v
  where v.card_id = w.card_id and v.kind = 'VERIFY' and v.seq > w.seq and v.state = 'FAILED'
    and v.image_sha256 = w.image_sha256
    and v.verdict in ('GHOST_WRITE', 'FAKE_CAPACITY', 'DATA_LOST', 'UNSTABLE', 'READ_FAILED'));

-- Each submission with a key, for the hours in which the same key gets the same jobs.
create table flash_key (
  tenant text not null,
  key text not null,
  body_sha256 text not null,
  batch text not null,
  created_at timestamptz not null default now(),
  primary key (tenant, key)
);
create index flash_key_age on flash_key (created_at);

-- The agents' journals as they came: the copy stays, whatever becomes of the journal.
create table lab_journal (
  host_id text not null,
  n bigint not null check (n > 0),
  line text not null,
  -- Of the line: what the next one has as its prev.
  sha256 text not null,
  received_at timestamptz not null default now(),
  primary key (host_id, n)
);

-- Where a journal is not the unbroken chain that it should be.
create table lab_journal_break (
  host_id text not null,
  n bigint not null,
  kind text not null check (kind in ('gap', 'chain', 'changed', 'unreadable')),
  message text not null,
  found_at timestamptz not null default now(),
  primary key (host_id, n, kind)
);

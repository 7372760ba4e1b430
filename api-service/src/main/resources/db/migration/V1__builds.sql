-- Times are the database's own. State never changes but by one conditional UPDATE: see Transition.

create table profile (
  id text primary key,
  latest int not null,
  listed boolean not null default true
);

-- A revision never changes: other content is another revision.
create table profile_revision (
  profile_id text not null references profile,
  revision int not null check (revision > 0),
  title text not null,
  recipe text not null,
  content_sha256 text not null,
  created_at timestamptz not null default now(),
  primary key (profile_id, revision)
);

-- A resolved package set; many builds have the same one.
create table package_set (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  packages jsonb not null
);

create table build (
  id text primary key,
  -- Order of arrival.
  seq bigint generated always as identity unique,
  tenant text not null,
  state text not null
    check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'REUSED', 'FAILED', 'CANCELLED')),
  -- Builds of the same flight key never run at the same time.
  flight_key text not null,
  recipe text not null,
  recipe_digest text not null check (recipe_digest ~ '^[0-9a-f]{64}$'),
  snapshot boolean not null,
  profile_id text,
  profile_revision int,
  -- The queue: highest priority first, then lowest turn.
  priority int not null check (priority between 0 and 100),
  turn bigint not null,
  claimable_at timestamptz not null default now(),
  must_build boolean not null default false,
  -- The outbox: when an offer is due; null once it is sent.
  offer_at timestamptz,
  -- The lease.
  fence bigint not null default 0,
  secret_sha256 text,
  worker text,
  lease_until timestamptz,
  attempt int not null default 0,
  lost_leases int not null default 0,
  failed_attempts int not null default 0,
  -- What the worker last told.
  stage text,
  percent int not null default 0,
  detail text not null default '',
  archive text,
  archive_url text,
  archive_sha256 text,
  package_set_digest text references package_set,
  image_id text,
  -- The end.
  reused_from text references build,
  failure_reason text,
  failure_class text,
  failure_message text,
  failure_excerpt text,
  stage_millis text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  -- A successful record answers requests until its freshness since this instant is over.
  confirmed_at timestamptz,
  last_used_at timestamptz not null default now(),
  foreign key (profile_id, profile_revision) references profile_revision,
  check ((state in ('QUEUED', 'RUNNING')) = (ended_at is null)),
  check ((state = 'REUSED') = (reused_from is not null)),
  check ((state = 'FAILED') = (failure_reason is not null)),
  check (state <> 'RUNNING' or (worker is not null and lease_until is not null))
);

create unique index build_single_flight on build (flight_key) where state in ('QUEUED', 'RUNNING');
create index build_queue on build (priority desc, turn, seq) where state = 'QUEUED';
create index build_tenant_turn on build (tenant, turn desc) where state = 'QUEUED';
create index build_turn on build (turn) where state = 'QUEUED';
create index build_waiting on build (created_at) where state = 'QUEUED';
create index build_offer on build (offer_at) where offer_at is not null;
create index build_lease on build (lease_until) where state = 'RUNNING';
create index build_record on build (recipe_digest, confirmed_at desc) where state = 'SUCCEEDED';
create index build_failure on build (recipe_digest, ended_at desc) where state = 'FAILED';
create index build_reused_from on build (reused_from) where reused_from is not null;

-- One caller's wish. What it shows is its build's state, unless it was cancelled.
create table request (
  id text primary key,
  build_id text not null references build,
  tenant text not null,
  outcome text not null check (outcome in ('queued', 'attached', 'reused')),
  created_at timestamptz not null default now(),
  cancelled_at timestamptz
);
create index request_build on request (build_id);

create table idempotency_key (
  tenant text not null,
  key text not null,
  body_sha256 text not null,
  request_id text not null references request,
  created_at timestamptz not null default now(),
  primary key (tenant, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- A row per upload. At most one row of a digest is PRESENT.
create table blob (
  id text primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  object_key text not null unique,
  state text not null check (state in ('PENDING', 'PRESENT', 'DOOMED')),
  created_at timestamptz not null default now(),
  put_until timestamptz not null,
  last_used_at timestamptz not null default now()
);
create unique index blob_present on blob (sha256) where state = 'PRESENT';
create index blob_pending on blob (sha256) where state = 'PENDING';

create table attempt (
  build_id text not null references build,
  number int not null,
  fence bigint not null,
  secret_sha256 text not null unique,
  worker text not null,
  result text not null
    check (result in ('running', 'succeeded', 'reused', 'failed', 'released', 'lost', 'cancelled')),
  -- What the build became by this attempt's end: the same end again gets the same answer.
  answered text,
  failure_reason text,
  failure_message text,
  failure_excerpt text,
  log_blob text references blob,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (build_id, number)
);

create table artifact (
  build_id text not null references build,
  name text not null,
  kind text not null,
  blob_id text not null references blob,
  sha256 text not null,
  size bigint not null,
  type text,
  filesystem text,
  position int not null,
  primary key (build_id, name)
);
create index artifact_blob on artifact (blob_id);

-- For followers while the attempt runs; afterwards the log is an artifact.
create table log_chunk (
  build_id text not null references build,
  attempt int not null,
  sequence int not null,
  content text not null,
  primary key (build_id, attempt, sequence)
);

create table worker (
  id text primary key,
  seen_at timestamptz not null default now()
);

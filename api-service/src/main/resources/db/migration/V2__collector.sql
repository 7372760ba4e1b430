-- What collector, retention and store check look for, and by which they find it.

-- When a doomed object's deletion is tried next.
alter table blob add column collect_at timestamptz not null default now();

create index blob_unused on blob (last_used_at) where state = 'PRESENT';
create index blob_abandoned on blob (put_until) where state = 'PENDING';
create index blob_doomed on blob (collect_at) where state = 'DOOMED';
-- In the order of the store's listing.
create index blob_key on blob (object_key collate "C");
create index attempt_log on attempt (log_blob) where log_blob is not null;

create index build_last_used on build (last_used_at) where state not in ('QUEUED', 'RUNNING');
create index build_package_set on build (package_set_digest) where package_set_digest is not null;
create index idempotency_key_request on idempotency_key (request_id);

-- Objects in the store that no row knows, since they were first seen so.
create table unknown_object (
  object_key text primary key,
  size bigint not null,
  seen_at timestamptz not null default now()
);
create index unknown_object_seen on unknown_object (seen_at);

-- How far the comparison with the store has come; one row, shared by all replicas.
create table store_check (
  single boolean primary key default true check (single),
  -- Empty between two rounds.
  after_key text not null default '',
  -- A replica that compares a page holds it until then.
  held_until timestamptz not null default now(),
  ended_at timestamptz not null default now()
);
insert into store_check default values;

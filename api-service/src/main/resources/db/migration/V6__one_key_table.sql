-- Idempotency keys follow one rule, whatever they stand for: one table, where a scope keeps keys of
-- builds and of flash jobs apart.
alter table idempotency_key add column scope text not null default 'BUILD'
  check (scope in ('BUILD', 'FLASH'));
alter table idempotency_key alter column scope drop default;
-- What it stands for: a request, or a batch of flash jobs.
alter table idempotency_key drop constraint idempotency_key_request_id_fkey;
alter table idempotency_key rename column request_id to stands_for;
alter index idempotency_key_request rename to idempotency_key_stands_for;
alter table idempotency_key drop constraint idempotency_key_pkey,
  add primary key (scope, tenant, key);

insert into idempotency_key (scope, tenant, key, body_sha256, stands_for, created_at)
select 'FLASH', tenant, key, body_sha256, batch, created_at from flash_key;
drop table flash_key;

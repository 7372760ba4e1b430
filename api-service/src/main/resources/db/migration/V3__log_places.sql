-- Where a chunk begins in its attempt's text, in bytes: a follower's place in it stays good when the
-- rows have gone into the log's artifact. And whether the text was cut after it.
alter table log_chunk add column begins_at bigint, add column cut boolean not null default false;

update log_chunk set begins_at = before.bytes
from (
  select build_id, attempt, sequence,
    sum(octet_length(content)) over (
      partition by build_id, attempt order by sequence) - octet_length(content) as bytes
  from log_chunk) before
where log_chunk.build_id = before.build_id and log_chunk.attempt = before.attempt
  and log_chunk.sequence = before.sequence;

alter table log_chunk alter column begins_at set not null;

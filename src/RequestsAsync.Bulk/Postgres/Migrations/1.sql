-- Locks are taken in one order everywhere: the worker's own row, hosts by host_id, then requests, which belong to a host that is locked.

CREATE TABLE {schema}.jobs (
    job integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    input_completed boolean NOT NULL DEFAULT false,
    cancelled boolean NOT NULL DEFAULT false,
    last_line bigint NOT NULL DEFAULT 0
);

-- A lease is one row: its holder has the requests with pos <= cursor. ready_at is when the host may be leased: when its lease ends, its block or delay is over,
-- its first request is due; whichever is last.
CREATE TABLE {schema}.hosts (
    host_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job integer NOT NULL,
    host text COLLATE "C" NOT NULL,
    fence bigint NOT NULL DEFAULT 0,
    worker text,
    expires_at timestamptz,
    duration interval,
    cursor bigint NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT '-infinity',
    ready_at timestamptz NOT NULL DEFAULT '-infinity',
    added bigint NOT NULL DEFAULT 0,
    done bigint NOT NULL DEFAULT 0,
    pending bigint NOT NULL DEFAULT 0,
    leased bigint NOT NULL DEFAULT 0,
    delayed bigint NOT NULL DEFAULT 0,
    notes text,
    call uuid,
    call_is_new boolean NOT NULL DEFAULT false,
    call_cursor bigint NOT NULL DEFAULT 0,
    call_leased bigint NOT NULL DEFAULT 0,
    has_work boolean GENERATED ALWAYS AS (pending > 0) STORED,
    UNIQUE (job, host)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX hosts_ready ON {schema}.hosts (job, ready_at, host_id) WHERE has_work;

CREATE SEQUENCE {schema}.numbers;
CREATE SEQUENCE {schema}.positions;

-- What is not done. A request whose time has not come has a not_before; it gets a place in the queue when that has passed.
CREATE TABLE {schema}.requests (
    job integer NOT NULL,
    number bigint NOT NULL DEFAULT nextval('{schema}.numbers'),
    host_id bigint NOT NULL,
    pos bigint NOT NULL DEFAULT nextval('{schema}.positions'),
    id uuid NOT NULL,
    not_before timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    state text,
    line bigint NOT NULL,
    method text NOT NULL,
    url text NOT NULL,
    home text,
    headers text,
    content bytea,
    problem text,
    meta text,
    PRIMARY KEY (job, number),
    UNIQUE (job, id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX requests_queue ON {schema}.requests (host_id, pos) WHERE not_before IS NULL;
CREATE INDEX requests_delayed ON {schema}.requests (host_id, not_before) WHERE not_before IS NOT NULL;

CREATE TABLE {schema}.results (
    job integer NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (job, id)
);

-- The last call of each worker and what it was told: a call whose answer was lost is made again with the same number, and is not carried out twice.
CREATE TABLE {schema}.workers (
    job integer NOT NULL,
    worker text NOT NULL,
    seen_at timestamptz NOT NULL,
    call uuid,
    refused integer[] NOT NULL DEFAULT '{}',
    lost integer[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (job, worker)
) WITH (fillfactor = 20);

-- Plans are kept by each connection, and may be made while the tables are still empty or nobody has counted what is in them: they must not read whole tables later.
-- So what a call is about comes first and is looked up row by row, in lateral queries that OFFSET 0 keeps the planner from turning around; and what is found is
-- changed by its ctid, which holds while its host is locked.
CREATE FUNCTION {schema}.enqueue(
    p_job integer, p_last_line bigint, p_id uuid[], p_line bigint[], p_host text[], p_method text[], p_url text[], p_headers text[], p_content bytea[], p_problem text[], p_meta text[])
RETURNS integer LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_numbers bigint[];
    v_hosts bigint[];
    v_known bigint[];
BEGIN
    PERFORM 1 FROM {schema}.hosts h WHERE h.job = p_job AND h.host = ANY (p_host) ORDER BY h.host_id FOR UPDATE;
    v_now := clock_timestamp();

    WITH added AS (
        INSERT INTO {schema}.requests (job, host_id, id, line, method, url, headers, content, problem, meta)
        SELECT p_job, h.host_id, s.id, s.line, s.method, s.url, s.headers, s.content, s.problem, s.meta
        FROM unnest(p_id, p_line, p_host, p_method, p_url, p_headers, p_content, p_problem, p_meta)
            WITH ORDINALITY AS s (id, line, host, method, url, headers, content, problem, meta, place)
        CROSS JOIN LATERAL (SELECT t.host_id FROM {schema}.hosts t WHERE t.job = p_job AND t.host = s.host OFFSET 0) h
        WHERE NOT EXISTS (SELECT 1 FROM {schema}.results d WHERE d.job = p_job AND d.id = s.id)
        ORDER BY s.place
        ON CONFLICT DO NOTHING
        RETURNING number, host_id)
    SELECT array_agg(a.number), array_agg(a.host_id) INTO v_numbers, v_hosts FROM added a;

    -- What was done while the insertion waited for its id.
    WITH found AS MATERIALIZED (
        SELECT q.ctid
        FROM unnest(v_numbers) AS n (number)
        CROSS JOIN LATERAL (SELECT r.ctid, r.id FROM {schema}.requests r WHERE r.job = p_job AND r.number = n.number OFFSET 0) q
        CROSS JOIN LATERAL (SELECT 1 FROM {schema}.results d WHERE d.job = p_job AND d.id = q.id OFFSET 0) d),
    known AS (
        DELETE FROM {schema}.requests r USING found f WHERE r.ctid = f.ctid RETURNING r.number)
    SELECT array_agg(k.number) INTO v_known FROM known k;

    UPDATE {schema}.hosts h
    SET added = h.added + c.count,
        pending = h.pending + c.count,
        ready_at = CASE
            WHEN h.worker IS NOT NULL AND h.expires_at > v_now THEN h.ready_at
            WHEN h.pending = 0 THEN greatest(h.next_at, v_now)
            ELSE least(h.ready_at, greatest(h.next_at, v_now)) END
    FROM (SELECT n.host_id, count(*) FROM unnest(v_numbers, v_hosts) AS n (number, host_id) WHERE n.number <> ALL (coalesce(v_known, '{}')) GROUP BY n.host_id) c
    WHERE h.host_id = c.host_id;

    UPDATE {schema}.jobs j SET last_line = p_last_line WHERE j.job = p_job AND j.last_line < p_last_line;
    RETURN coalesce(cardinality(v_numbers), 0) - coalesce(cardinality(v_known), 0);
END
$function$;

-- p_lease_*: every lease of the call, once. Done, again and release name theirs by its place, counted from 1; refused settlements are named by their *_place.
CREATE FUNCTION {schema}.settle(
    p_job integer, p_worker text, p_call uuid, p_duration interval,
    p_lease_host text[], p_lease_fence bigint[], p_renew integer[],
    p_done_place integer[], p_done_lease integer[], p_done_number bigint[], p_done_record text[],
    p_again_place integer[], p_again_lease integer[], p_again_number bigint[], p_again_delay double precision[], p_again_attempts integer[], p_again_host text[], p_again_state text[],
    p_release_lease integer[], p_release_delay double precision[], p_release_notes text[],
    OUT refused integer[], OUT lost integer[])
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    v_call uuid;
    v_now timestamptz;
    v_hosts bigint[];
    v_settled integer[] := '{}';
    v_moved integer[];
BEGIN
    INSERT INTO {schema}.workers AS w (job, worker, seen_at) VALUES (p_job, p_worker, clock_timestamp())
    ON CONFLICT (job, worker) DO UPDATE SET seen_at = excluded.seen_at
    RETURNING w.call, w.refused, w.lost INTO v_call, refused, lost;

    IF v_call = p_call THEN
        -- It took effect, and its answer was lost: what was leased for it goes back.
        PERFORM 1 FROM {schema}.hosts h WHERE h.job = p_job AND h.call = p_call ORDER BY h.host_id FOR UPDATE;
        v_now := clock_timestamp();
        UPDATE {schema}.hosts h
        SET worker = CASE WHEN NOT h.call_is_new THEN h.worker END,
            expires_at = CASE WHEN NOT h.call_is_new THEN h.expires_at END,
            cursor = CASE WHEN h.call_is_new THEN 0 ELSE h.call_cursor END,
            leased = CASE WHEN h.call_is_new THEN 0 ELSE h.call_leased END,
            ready_at = CASE WHEN h.call_is_new THEN greatest(h.next_at, v_now) ELSE h.ready_at END,
            call = NULL
        WHERE h.job = p_job AND h.call = p_call;
        RETURN;
    END IF;

    PERFORM 1 FROM {schema}.hosts h WHERE h.job = p_job AND h.host = ANY (p_lease_host || p_again_host) ORDER BY h.host_id FOR UPDATE;
    v_now := clock_timestamp();

    SELECT array_agg(h.host_id ORDER BY l.place), coalesce(array_agg(l.place::integer ORDER BY l.place) FILTER (WHERE h.host_id IS NULL), '{}')
    INTO v_hosts, lost
    FROM unnest(p_lease_host, p_lease_fence) WITH ORDINALITY AS l (host, fence, place)
    LEFT JOIN {schema}.hosts h ON h.job = p_job AND h.host = l.host AND h.fence = l.fence AND h.worker IS NOT NULL AND h.expires_at > v_now;

    IF cardinality(p_done_place) > 0 THEN
        WITH found AS MATERIALIZED (
            SELECT q.ctid, s.record, s.place
            FROM unnest(p_done_place, p_done_lease, p_done_number, p_done_record) AS s (place, lease, number, record)
            CROSS JOIN LATERAL (SELECT t.host_id, t.cursor FROM {schema}.hosts t WHERE t.host_id = v_hosts[s.lease] OFFSET 0) h
            CROSS JOIN LATERAL (SELECT r.ctid, r.host_id, r.not_before, r.pos FROM {schema}.requests r WHERE r.job = p_job AND r.number = s.number OFFSET 0) q
            WHERE q.host_id = h.host_id AND q.not_before IS NULL AND q.pos <= h.cursor),
        gone AS (
            DELETE FROM {schema}.requests r USING found f WHERE r.ctid = f.ctid
            RETURNING r.id, r.number, r.host_id, f.record, f.place),
        kept AS (
            INSERT INTO {schema}.results (job, id, number, record)
            SELECT p_job, g.id, g.number, g.record FROM gone g
            ON CONFLICT DO NOTHING),
        counted AS (
            UPDATE {schema}.hosts h SET done = h.done + c.count, pending = h.pending - c.count, leased = h.leased - c.count
            FROM (SELECT g.host_id, count(*) FROM gone g GROUP BY g.host_id) c
            WHERE h.host_id = c.host_id)
        SELECT coalesce(array_agg(g.place), '{}') INTO v_settled FROM gone g;
    END IF;

    IF cardinality(p_again_place) > 0 THEN
        WITH found AS MATERIALIZED (
            SELECT q.ctid, h.host_id AS source, t.host_id AS target, h.host, s.delay, s.attempts, s.state, s.place
            FROM unnest(p_again_place, p_again_lease, p_again_number, p_again_delay, p_again_attempts, p_again_host, p_again_state)
                AS s (place, lease, number, delay, attempts, host, state)
            CROSS JOIN LATERAL (SELECT x.host_id, x.host, x.cursor FROM {schema}.hosts x WHERE x.host_id = v_hosts[s.lease] OFFSET 0) h
            CROSS JOIN LATERAL (SELECT x.host_id FROM {schema}.hosts x WHERE x.job = p_job AND x.host = s.host OFFSET 0) t
            CROSS JOIN LATERAL (SELECT r.ctid, r.host_id, r.not_before, r.pos FROM {schema}.requests r WHERE r.job = p_job AND r.number = s.number OFFSET 0) q
            WHERE q.host_id = h.host_id AND q.not_before IS NULL AND q.pos <= h.cursor),
        moved AS (
            UPDATE {schema}.requests r
            SET host_id = f.target,
                pos = nextval('{schema}.positions'),
                not_before = CASE WHEN f.delay > 0 THEN v_now + make_interval(secs => f.delay) END,
                attempts = f.attempts,
                state = f.state,
                home = CASE WHEN f.target = f.source THEN r.home ELSE coalesce(r.home, f.host) END
            FROM found f
            WHERE r.ctid = f.ctid
            RETURNING f.source, f.target, r.not_before, f.place),
        counted AS (
            UPDATE {schema}.hosts h
            SET pending = h.pending + c.pending,
                leased = h.leased + c.leased,
                delayed = h.delayed + c.delayed,
                ready_at = CASE
                    WHEN c.due IS NULL OR (h.worker IS NOT NULL AND h.expires_at > v_now) THEN h.ready_at
                    WHEN h.pending = 0 THEN greatest(h.next_at, c.due)
                    ELSE least(h.ready_at, greatest(h.next_at, c.due)) END
            FROM (
                SELECT x.host_id, sum(x.pending)::bigint AS pending, sum(x.leased)::bigint AS leased, sum(x.delayed)::bigint AS delayed, min(x.due) AS due
                FROM (
                    SELECT m.source AS host_id, -1 AS pending, -1 AS leased, 0 AS delayed, NULL::timestamptz AS due FROM moved m
                    UNION ALL
                    SELECT m.target, 1, 0, CASE WHEN m.not_before IS NULL THEN 0 ELSE 1 END, coalesce(m.not_before, v_now) FROM moved m) x
                GROUP BY x.host_id) c
            WHERE h.host_id = c.host_id)
        SELECT array_agg(m.place) INTO v_moved FROM moved m;
        v_settled := v_settled || coalesce(v_moved, '{}');
    END IF;

    UPDATE {schema}.hosts h
    SET expires_at = v_now + p_duration, duration = p_duration, ready_at = greatest(h.next_at, v_now + p_duration)
    FROM unnest(p_renew) AS m (lease)
    WHERE h.host_id = v_hosts[m.lease];

    UPDATE {schema}.hosts h
    SET worker = NULL,
        expires_at = NULL,
        cursor = 0,
        leased = 0,
        notes = coalesce(s.notes, h.notes),
        next_at = greatest(h.next_at, v_now + make_interval(secs => s.delay)),
        ready_at = greatest(h.next_at, v_now + make_interval(secs => s.delay),
            CASE WHEN h.pending <= h.delayed THEN (SELECT min(r.not_before) FROM {schema}.requests r WHERE r.host_id = h.host_id AND r.not_before IS NOT NULL) END)
    FROM unnest(p_release_lease, p_release_delay, p_release_notes) AS s (lease, delay, notes)
    WHERE h.host_id = v_hosts[s.lease];

    SELECT coalesce(array_agg(p.place ORDER BY p.place), '{}') INTO refused
    FROM unnest(p_done_place || p_again_place) AS p (place)
    WHERE p.place <> ALL (v_settled);

    UPDATE {schema}.workers w SET call = p_call, refused = settle.refused, lost = settle.lost WHERE w.job = p_job AND w.worker = p_worker;
END
$function$;

CREATE FUNCTION {schema}.take(
    p_job integer, p_worker text, p_call uuid, p_duration interval, p_max_hosts integer, p_max_requests integer,
    p_more_host text[], p_more_fence bigint[], p_more_count integer[])
RETURNS TABLE (
    host text, fence bigint, notes text, number bigint, id uuid, attempts integer, state text,
    line bigint, method text, url text, home text, headers text, content bytea, problem text, meta text)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    v_now timestamptz := clock_timestamp();
    v_more bigint[];
    v_counts integer[];
    v_new bigint[] := '{}';
    v_due bigint[];
BEGIN
    IF (SELECT j.cancelled FROM {schema}.jobs j WHERE j.job = p_job) THEN
        RETURN;
    END IF;

    SELECT coalesce(array_agg(h.host_id ORDER BY m.place), '{}'), coalesce(array_agg(m.count ORDER BY m.place), '{}') INTO v_more, v_counts
    FROM unnest(p_more_host, p_more_fence, p_more_count) WITH ORDINALITY AS m (host, fence, count, place)
    CROSS JOIN LATERAL (
        SELECT t.host_id FROM {schema}.hosts t WHERE t.job = p_job AND t.host = m.host AND t.fence = m.fence AND t.worker IS NOT NULL AND t.expires_at > v_now OFFSET 0) h;

    IF p_max_hosts > 0 AND p_max_requests > 0 THEN
        SELECT coalesce(array_agg(c.host_id ORDER BY c.ready_at, c.host_id), '{}') INTO v_new
        FROM (
            SELECT h.host_id, h.ready_at FROM {schema}.hosts h
            WHERE h.job = p_job AND h.has_work AND h.ready_at <= v_now
            ORDER BY h.ready_at, h.host_id
            LIMIT p_max_hosts
            FOR UPDATE SKIP LOCKED) c;
    END IF;

    SELECT array_agg(h.host_id) INTO v_due FROM {schema}.hosts h WHERE h.host_id = ANY (v_more || v_new) AND h.delayed > 0;
    IF v_due IS NOT NULL THEN
        WITH due AS (
            UPDATE {schema}.requests r SET not_before = NULL, pos = nextval('{schema}.positions')
            WHERE r.host_id = ANY (v_due) AND r.not_before <= v_now
            RETURNING r.host_id)
        UPDATE {schema}.hosts h SET delayed = h.delayed - c.count
        FROM (SELECT d.host_id, count(*) FROM due d GROUP BY d.host_id) c
        WHERE h.host_id = c.host_id;
    END IF;

    RETURN QUERY
    WITH wanted AS (
        SELECT w.host_id, w.count, w.place, w.place > cardinality(v_more) AS is_new
        FROM unnest(v_more || v_new, v_counts || array_fill(p_max_requests, ARRAY[cardinality(v_new)])) WITH ORDINALITY AS w (host_id, count, place)),
    picked AS MATERIALIZED (
        SELECT w.place, w.is_new, h.host, CASE WHEN w.is_new THEN h.fence + 1 ELSE h.fence END AS fence, h.notes, q.*
        FROM wanted w
        CROSS JOIN LATERAL (SELECT t.host, t.fence, t.notes, t.cursor FROM {schema}.hosts t WHERE t.host_id = w.host_id OFFSET 0) h
        CROSS JOIN LATERAL (
            SELECT r.* FROM {schema}.requests r
            WHERE r.host_id = w.host_id AND r.not_before IS NULL AND r.pos > CASE WHEN w.is_new THEN 0 ELSE h.cursor END
            ORDER BY r.pos
            LIMIT w.count) q),
    leased AS (
        UPDATE {schema}.hosts h
        SET fence = c.fence,
            worker = p_worker,
            expires_at = v_now + p_duration,
            duration = p_duration,
            ready_at = greatest(h.next_at, v_now + p_duration),
            cursor = c.last,
            leased = CASE WHEN c.is_new THEN 0 ELSE h.leased END + c.count,
            call = p_call,
            call_is_new = c.is_new,
            call_cursor = h.cursor,
            call_leased = h.leased
        FROM (SELECT p.host_id, p.is_new, p.fence, max(p.pos) AS last, count(*) FROM picked p GROUP BY p.host_id, p.is_new, p.fence) c
        WHERE h.host_id = c.host_id)
    SELECT p.host, p.fence, CASE WHEN row_number() OVER (PARTITION BY p.host_id ORDER BY p.pos) = 1 THEN p.notes END,
        p.number, p.id, p.attempts, p.state, p.line, p.method, p.url, p.home, p.headers, p.content, p.problem, p.meta
    FROM picked p
    ORDER BY p.place, p.pos;

    -- A lease that ended may have left only requests whose time has not come.
    UPDATE {schema}.hosts h
    SET worker = NULL, expires_at = NULL, cursor = 0, leased = 0,
        ready_at = greatest(h.next_at, coalesce((SELECT min(r.not_before) FROM {schema}.requests r WHERE r.host_id = h.host_id AND r.not_before IS NOT NULL), v_now + interval '1 minute'))
    WHERE h.host_id = ANY (v_new) AND h.call IS DISTINCT FROM p_call;
END
$function$;

CREATE FUNCTION {schema}.renew(p_job integer, p_worker text, p_host text[], p_fence bigint[])
RETURNS integer[] LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_held integer[];
BEGIN
    PERFORM 1 FROM {schema}.hosts h WHERE h.job = p_job AND h.host = ANY (p_host) ORDER BY h.host_id FOR UPDATE;
    v_now := clock_timestamp();

    WITH renewed AS (
        UPDATE {schema}.hosts h SET expires_at = v_now + h.duration, ready_at = greatest(h.next_at, v_now + h.duration)
        FROM unnest(p_host, p_fence) WITH ORDINALITY AS l (host, fence, place)
        WHERE h.job = p_job AND h.host = l.host AND h.fence = l.fence AND h.worker = p_worker AND h.expires_at > v_now
        RETURNING l.place)
    SELECT coalesce(array_agg(r.place::integer), '{}') INTO v_held FROM renewed r;
    RETURN v_held;
END
$function$;

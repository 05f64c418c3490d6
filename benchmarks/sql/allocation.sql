-- The same split by hand: the rules of the benchmark written into the query.
WITH pools AS (
    SELECT charge_period_start, charge_period_end, charge_date, substring(sku_id, 15) AS cost_type,
        sum(effective_cost) AS pool
    FROM charges
    WHERE charge_date >= {first:Date} AND charge_date < {last:Date} AND meter = 'platform_cost' AND app_id = ''
        AND billing_currency = 'USD'
    GROUP BY ALL
),
active AS (
    SELECT charge_date, app_id, argMax(team_id, charge_period_start) AS team, argMax(cost_center, charge_period_start) AS booked,
        sumIf(consumed_quantity, meter = 'requests') AS requests
    FROM charges
    WHERE charge_date >= {first:Date} AND charge_date < {last:Date} AND meter != 'platform_cost' AND app_id != ''
        AND billing_currency = 'USD'
    GROUP BY charge_date, app_id
),
members AS (
    SELECT charge_period_start, cost_type, app_id, team, booked, reinterpretAsInt256(pool) AS amount,
        if(cost_type = 'bench_floor', toInt256('500000000000000000'), toInt256(0)) AS least,
        if(cost_type = 'bench_even', toInt256(1), toInt256(reinterpretAsInt128(requests))) AS weight
    FROM active INNER JOIN pools USING (charge_date)
),
sized AS (
    SELECT *, amount - least * count() OVER pool AS rest, sum(weight) OVER pool AS total,
        intDiv(rest * weight, total) AS base, (rest * weight) % total AS left_over
    FROM members WINDOW pool AS (PARTITION BY charge_period_start, cost_type)
),
shared AS (
    SELECT *, least + base + (row_number() OVER ranked <= rest - sum(base) OVER pool) AS share
    FROM sized
    WINDOW pool AS (PARTITION BY charge_period_start, cost_type),
        ranked AS (PARTITION BY charge_period_start, cost_type ORDER BY left_over DESC, app_id)
),
cut AS (
    SELECT *, intDiv(share * toInt256('1000000000000000000000'), amount) AS part,
        (share * toInt256('1000000000000000000000')) % amount AS over
    FROM shared
)
SELECT charge_period_start, cost_type, app_id, team AS team_id, booked AS cost_center,
    toDecimal256(share, 0) * toDecimal256('0.000000000000000000001', 21) AS effective_cost,
    toDecimal256(part + (row_number() OVER ranked <= toInt256('1000000000000000000000') - sum(part) OVER pool), 0)
        * toDecimal256('0.000000000000000000001', 21) AS allocated_ratio
FROM cut
WINDOW pool AS (PARTITION BY charge_period_start, cost_type),
    ranked AS (PARTITION BY charge_period_start, cost_type ORDER BY over DESC, app_id)
ORDER BY charge_period_start, cost_type, app_id

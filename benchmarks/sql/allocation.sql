-- The same split by hand: the rules in force, any period, and every case that docs/allocation.md defines, in one query.
WITH toInt256('1000000000000000000000') AS unit,
rules AS (
    SELECT *, rule_id || '@' || replace(replace(toString(valid_from), ' ', 'T'), '.000', '') || 'Z' AS method_id
    FROM allocation_rules WHERE valid_from < valid_to
),
pools AS MATERIALIZED (
    SELECT charge_period_start, charge_period_end, substring(sku_id, 15) AS cost_type, sum(effective_cost) AS pool
    FROM charges
    WHERE charge_date >= {first:Date} AND charge_date < {last:Date} AND meter = 'platform_cost' AND app_id = ''
        AND billing_currency = 'USD' AND (charge_category != 'Purchase' OR effective_cost != 0)
    GROUP BY ALL
),
ruled AS MATERIALIZED (
    SELECT charge_period_start, charge_period_end, cost_type, pool, rowNumberInAllBlocks() AS pool_id,
        rule.method AS method, rule.basis AS basis, rule.floor AS floor, rule.weights AS weights,
        rule.footnote AS footnote, rule.method_id AS method_id
    FROM (
        SELECT pools.*, argMax(tuple(rules.method, rules.basis, rules.floor, rules.weights, rules.footnote,
                rules.method_id)::Tuple(method String, basis String, floor Decimal(38, 9),
                weights Map(String, Decimal(18, 9)), footnote String, method_id String), rules.cost_type != '*') AS rule
        FROM pools CROSS JOIN rules
        WHERE rules.cost_type IN (pools.cost_type, '*') AND charge_period_start >= valid_from AND charge_period_start < valid_to
        GROUP BY ALL
    )
),
hours AS MATERIALIZED (
    SELECT DISTINCT charge_period_start AS opens, charge_period_end AS closes,
        toDateTime64(arrayJoin(range(toUnixTimestamp(opens), greatest(toUnixTimestamp(closes), toUnixTimestamp(opens) + 1), 3600)), 0, 'UTC') AS hour
    FROM pools
),
active AS (
    SELECT opens, closes, app_id, argMax((team_id, cost_center, environment, lifecycle), (hour, team_id, cost_center)) AS owner,
        greatest(toDecimal256(sumIf(consumed_quantity, meter = 'requests'), 12), 0) AS requests
    FROM charges INNER JOIN hours ON hours.hour = charges.charge_period_start
    WHERE charge_date >= {first:Date} AND charge_date <= {last:Date} AND meter != 'platform_cost' AND app_id != ''
        AND billing_currency = 'USD'
    GROUP BY opens, closes, app_id
),
everyone AS (
    SELECT * FROM active
    UNION ALL
    SELECT DISTINCT opens, closes, '', ('', 'cc-platform', '', ''), toDecimal256(0, 12) FROM hours
),
members AS (
    SELECT ruled.*, app_id, owner, abs(reinterpretAsInt256(pool)) AS amount,
        if(app_id = '', toDecimal256(0, 12), multiIf(method = 'even', toDecimal256(1, 12),
            method = 'fixed', toDecimal256(weights[app_id], 12), basis = 'requests', requests,
            toDecimal256(throwIf(method NOT IN ('even', 'fixed', 'direct', '')), 12))) AS had,
        if(method = 'floor_plus_share' AND app_id != '', reinterpretAsInt256(toDecimal256(floor, 21)), toInt256(0)) AS least,
        count() OVER pool AS takers, sum(reinterpretAsInt256(had)) OVER pool AS given,
        multiIf(app_id != '', reinterpretAsInt256(had), takers = 1, toInt256(1), method = 'fixed',
            toInt256('1000000000000') - given, toInt256(0)) AS stated
    FROM everyone INNER JOIN ruled ON ruled.charge_period_start = opens AND ruled.charge_period_end = closes
    WHERE app_id = '' OR method IN ('even', 'proportional', 'floor_plus_share') OR (method = 'fixed' AND had > 0)
    WINDOW pool AS (PARTITION BY pool_id)
),
weighed AS (
    SELECT *, toInt256(count() OVER pool) AS heads, sum(stated) OVER pool AS stated_by_all, least * heads > amount AS is_short,
        is_short OR stated_by_all = 0 AS is_even, if(is_even, toInt256(1), stated) AS weight,
        if(is_even, heads, stated_by_all) AS total, if(is_short, toInt256(0), least) AS floored,
        amount - floored * heads AS rest
    FROM members WHERE app_id != '' OR stated > 0 WINDOW pool AS (PARTITION BY pool_id)
),
sized AS (
    SELECT *, intDiv(rest * weight, total) AS base, (rest * weight) % total AS left_over,
        throwIf(toFloat64(rest) * toFloat64(total) > 5e76) AS is_beyond
    FROM weighed
),
shared AS (
    SELECT *, floored + base + (row_number() OVER ranked <= rest - sum(base) OVER pool) AS share
    FROM sized WINDOW pool AS (PARTITION BY pool_id), ranked AS (PARTITION BY pool_id ORDER BY left_over DESC, app_id)
),
cut AS (
    SELECT *, if(amount = 0, weight, share) AS part_of, if(amount = 0, total, amount) AS whole,
        intDiv(part_of * unit, whole) AS part, (part_of * unit) % whole AS over
    FROM shared
)
SELECT charge_period_start, charge_period_end, cost_type, app_id, owner.1 AS team_id, owner.2 AS cost_center,
    owner.3 AS environment, owner.4 AS lifecycle,
    toDecimal256(if(pool < 0, -share, share), 0) * toDecimal256('0.000000000000000000001', 21) AS effective_cost,
    'USD' AS billing_currency, method AS allocated_method, method_id AS allocated_method_id,
    if(app_id = '', NULL, 'app/' || app_id) AS allocated_resource_id,
    toDecimal256(part + (row_number() OVER ranked <= unit - sum(part) OVER pool), 0)
        * toDecimal256('0.000000000000000000001', 21) AS allocated_ratio,
    multiIf(method = 'even', 'active_apps', method = 'fixed', 'weight', basis) AS allocated_basis,
    had AS allocated_quantity, footnote
FROM cut
WINDOW pool AS (PARTITION BY pool_id), ranked AS (PARTITION BY pool_id ORDER BY over DESC, app_id)
ORDER BY charge_period_start, charge_period_end, cost_type, app_id
SETTINGS enable_materialized_cte = 1

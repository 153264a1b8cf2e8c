// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('releases', table => {
    table.comment('Every change of what workloads run, whoever made it');
    // Told from the workload and its revision, so that two backends write one.
    table.string('id', 64).primary();
    table.string('workload', 420).notNullable();
    table.string('cluster', 100).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('app', 253).notNullable();
    table.integer('revision').notNullable();
    table.string('revision_name', 253).notNullable();
    table.string('version', 200);
    table.text('images').notNullable();
    table.text('actor').notNullable();
    table.text('why');
    table.boolean('is_rollback').notNullable();
    table.string('started_at', 30).notNullable();
    table.string('finished_at', 30);
    table.string('state', 20).notNullable();
    table.text('outcome').notNullable();
    table.string('commit_id', 100);
    table.string('built_at', 40);
    table.text('figures_before');
    table.text('figures_after');
    table.text('template').notNullable();
    table.index(['workload', 'started_at']);
    table.index(['app', 'started_at']);
    table.index(['started_at']);
    table.index(['state']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('releases');
};

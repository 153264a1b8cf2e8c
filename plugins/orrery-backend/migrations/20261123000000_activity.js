// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('activity', table => {
    table.comment('Who did what to what, why, and how it ended');
    table.string('id', 36).primary();
    table.string('started_at', 30).notNullable().index();
    table.string('finished_at', 30);
    table.string('actor', 255).notNullable();
    table.string('action', 100).notNullable();
    table.string('target', 500).notNullable().index();
    table.text('reason').notNullable();
    table.text('summary').notNullable();
    table.text('before').notNullable();
    table.text('after').notNullable();
    table.string('state', 20).notNullable();
    table.text('message').notNullable();
    table.text('undo').notNullable();
    table.string('idempotency_key', 100).notNullable();
    table.unique(['actor', 'idempotency_key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('activity');
};

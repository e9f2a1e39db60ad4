import type { MigratedSchema } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

/**
 * A full-text index over the column of words, which it does not keep a copy of; triggers tell it of
 * changes. Its tokenizer cuts at spaces only, for words have nothing else between them, and folds
 * nothing that is not folded already.
 */
export async function createSearchIndex({
  database,
}: Pick<MigratedSchema, 'database'>): Promise<void> {
  await sql`create virtual table model_search using fts5(
    search_words, content = 'llm_model_catalog', content_rowid = 'seq', tokenize = 'ascii',
    detail = 'none', columnsize = 0)`.execute(database)
  await sql`create trigger model_search_insert after insert on llm_model_catalog begin
    insert into model_search (rowid, search_words) values (new.seq, new.search_words);
  end`.execute(database)
  await sql`create trigger model_search_delete after delete on llm_model_catalog begin
    insert into model_search (model_search, rowid, search_words)
      values ('delete', old.seq, old.search_words);
  end`.execute(database)
  await sql`create trigger model_search_update after update of search_words on llm_model_catalog
    when old.search_words <> new.search_words begin
    insert into model_search (model_search, rowid, search_words)
      values ('delete', old.seq, old.search_words);
    insert into model_search (rowid, search_words) values (new.seq, new.search_words);
  end`.execute(database)
}

export function fitsSearch(terms: readonly string[]): RawBuilder<SqlBool> {
  const query = terms.map((term) => `"${term}"*`).join(' ')
  return sql<SqlBool>`${sql.ref('seq')} in
    (select rowid from model_search where model_search match ${query})`
}

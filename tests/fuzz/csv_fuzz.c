/* csv_fuzz.c -- tables from spreadsheets: within the limits, and the same after writing them. */
#include "base/utf8.h"
#include "export/csv.h"
#include "fuzz.h"

static struct str written(struct arena *a, const struct csv_table *t)
{
	struct csv_writer w = {.out = {.arena = a}};

	for (size_t i = 0; i < t->n; i++) {
		for (size_t c = 0; c < t->rows[i].n; c++)
			csv_text(&w, t->rows[i].cells[c]);
		csv_end_row(&w);
	}
	return csv_end(&w);
}

static void check_cells(const struct csv_table *t)
{
	REQUIRE(t->n <= CSV_ROWS_MAX);
	for (size_t i = 0; i < t->n; i++) {
		REQUIRE(t->rows[i].n > 0 && t->rows[i].n <= CSV_COLUMNS_MAX);
		REQUIRE(i == 0 || t->rows[i].line > t->rows[i - 1].line);
		for (size_t c = 0; c < t->rows[i].n; c++) {
			REQUIRE(t->rows[i].cells[c].n <= CSV_CELL_MAX);
			REQUIRE(utf8_clean(t->rows[i].cells[c], true));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct csv_table t, again;
	size_t line;

	if (csv_read(a, (struct str){(const char *)bytes, n}, &t, &line) != CSV_FINE) {
		REQUIRE(line >= 1 && line <= n + 1);
		return 0;
	}
	check_cells(&t);
	REQUIRE(csv_read(a, written(a, &t), &again, &line) == CSV_FINE);
	REQUIRE(again.n == t.n);
	for (size_t i = 0; i < t.n; i++) {
		REQUIRE(again.rows[i].n == t.rows[i].n);
		for (size_t c = 0; c < t.rows[i].n; c++)
			REQUIRE(str_eq(again.rows[i].cells[c], t.rows[i].cells[c]));
	}
	return 0;
}

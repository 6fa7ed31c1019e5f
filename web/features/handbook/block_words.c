/* block_words.c -- German words for the kinds of blocks. */
#include "features/handbook/block_words.h"

#define PARAGRAPH                                                                                  \
	{                                                                                          \
		S_INIT("Absatz"), S_INIT("ganzer Absatz"), S_INIT("Zu welchem Absatz?")            \
	}
#define ROW                                                                                        \
	{                                                                                          \
		S_INIT("Zeile"), S_INIT("ganze Zeile"), S_INIT("Zu welcher Zeile?")                \
	}

static const struct block_words words[] = {
    [BLOCK_HEADING] = {S_INIT("Überschrift"), S_INIT("ganze Überschrift"),
		       S_INIT("Zu welcher Überschrift?")},
    [BLOCK_PARAGRAPH] = PARAGRAPH,
    [BLOCK_LIST_ITEM] = {S_INIT("Punkt"), S_INIT("ganzer Punkt"), S_INIT("Zu welchem Punkt?")},
    [BLOCK_TABLE_HEAD] = ROW,
    [BLOCK_TABLE_ROW] = ROW,
    [BLOCK_QUOTE] = {S_INIT("Zitat"), S_INIT("ganzes Zitat"), S_INIT("Zu welchem Zitat?")},
    [BLOCK_CODE] = PARAGRAPH,
    [BLOCK_RULE] = PARAGRAPH,
    [BLOCK_FIGURE] = {S_INIT("Bild"), S_INIT("ganzes Bild"), S_INIT("Zu welchem Bild?")},
    [BLOCK_FOOTNOTE] = {S_INIT("Fußnote"), S_INIT("ganze Fußnote"), S_INIT("Zu welcher Fußnote?")},
};

enum block_kind block_kind_read(struct str name)
{
	enum block_kind kind = BLOCK_PARAGRAPH;

	(void)block_kind_named(name, &kind);
	return kind;
}

const struct block_words *block_words(enum block_kind kind)
{
	return &words[kind];
}

// What Swift sees of libpq, PostgreSQL's client library.
#include <libpq-fe.h>

// Swift does not import macros that are characters.
enum {
    PGFieldSQLState = PG_DIAG_SQLSTATE,
    PGFieldMessage = PG_DIAG_MESSAGE_PRIMARY,
};

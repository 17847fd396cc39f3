// What Swift sees of libpq, PostgreSQL's client library.
#include <libpq-fe.h>

// Swift does not import macros that are characters.
enum {
    PGFieldSQLState = PG_DIAG_SQLSTATE,
    PGFieldMessage = PG_DIAG_MESSAGE_PRIMARY,
    PGFieldSeverity = PG_DIAG_SEVERITY_NONLOCALIZED,
    PGFieldSourceFunction = PG_DIAG_SOURCE_FUNCTION,
};

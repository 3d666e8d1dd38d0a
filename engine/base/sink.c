/* Sinks: see sink.h. */
#include "base/sink.h"

bool bp_sink_is_wanted(const bp_sink *sink)
{
    return sink->write != NULL;
}

bool bp_sink_write(const bp_sink *sink, const void *bytes, size_t length, bp_error *err)
{
    return sink->write == NULL || length == 0 || sink->write(sink->owner, bytes, length, err);
}

static bool add_to_buf(void *owner, const void *bytes, size_t length, bp_error *err)
{
    return bp_buf_add(owner, bytes, length) || bp_fail_memory(err);
}

bp_sink bp_sink_to_buf(bp_buf *buf)
{
    return (bp_sink){add_to_buf, buf};
}

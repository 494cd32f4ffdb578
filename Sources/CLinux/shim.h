#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netdb.h>
#include <arpa/inet.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/timex.h>
#include <errno.h>
#include <fcntl.h>

/* _GNU_SOURCE in a header would break targets that also import the C library, so declare by hand. */
int accept4(int, struct sockaddr *, socklen_t *, int);

static inline int islet_epoll_add(int epoll, int fd, unsigned int events) {
    struct epoll_event e;
    e.events = events;
    e.data.u64 = 0;
    e.data.fd = fd;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
}
static inline int islet_event_fd(const struct epoll_event *e) { return e->data.fd; }

/* What the importer cannot see: macros with casts, and the members of unions. */
static inline int islet_ipv6_only(int fd) {
    int on = 1;
    return setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
}
static inline int islet_no_delay(int fd) {
    int on = 1;
    return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}
static inline int islet_limit_unsent(int fd, int bytes) {
    return setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
}
static inline int islet_reuse_address(int fd) {
    int on = 1;
    return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}
static inline int islet_socket_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : -1;
}
/* Memory that is not needed goes back: one arena, a fixed threshold for mappings (mallopt(3)). */
static inline void islet_tune_malloc(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

/* Whether the kernel believes in its clock; -1 when we may not ask. */
static inline int islet_clock_is_synchronised(void) {
    struct timex clock = {0};
    if (adjtimex(&clock) < 0) return -1;
    return (clock.status & STA_UNSYNC) == 0;
}

/* Opens a file for reading, no link, without noting that it was read where that is ours to say: open(2), O_NOATIME. */
static inline int islet_open_quietly(const char *path) {
    int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
    int fd = open(path, flags | __O_NOATIME);
    return fd >= 0 || errno != EPERM ? fd : open(path, flags);
}

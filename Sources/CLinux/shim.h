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
#include <sys/prctl.h>
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

/* Descriptors in messages: CMSG_… are macros. cmsg(3), unix(7) */
static inline long islet_send_with_descriptor(int socket, int fd, const void *bytes, unsigned long count) {
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    *(int *)(void *)CMSG_DATA(head) = fd;
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}
/* `*fd` is -1 when none came. */
static inline long islet_receive_with_descriptor(int socket, int *fd, void *bytes, unsigned long count) {
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec part = {.iov_base = bytes, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    *fd = -1;
    long got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0) return got;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS
        && head->cmsg_len == CMSG_LEN(sizeof(int)))
        *fd = *(int *)(void *)CMSG_DATA(head);
    return got;
}

/* A user namespace of its own, without rights outside, and a network with nothing in it. unshare(2) */
int unshare(int);
static inline int islet_leave_network(void) { return unshare(0x10000000 /* NEWUSER */ | 0x40000000 /* NEWNET */); }
/* No rights from files, and no life longer than that of the parent's thread. prctl(2) */
static inline int islet_confine(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        | prctl(PR_SET_PDEATHSIG, 9 /* SIGKILL */, 0, 0, 0);
}

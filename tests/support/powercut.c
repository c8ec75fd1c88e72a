/* Preloaded into a program under test: notes, in their true order, what it does to the files below POWERCUT_ROOT
 * (opens, writes, truncations, syncs, renames, removals) in POWERCUT_LOG. powercut.py replays a prefix of it with
 * unsynced parts dropped, torn or kept in another order: that is a power cut. Shared memory (-shm) is no file of the disk.
 *
 * A line of the log: kind, handle or flags, offset or size, length of what follows; then the data or the path.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 4096
#define REAL(name) ((__typeof__(&name))real(#name))

static pthread_mutex_t order = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int32_t handles[MOST]; /* by descriptor: the number of its opening, 0 for a file that is not ours */
static int32_t opened;
static int out = -1;
static const char *root;
static size_t root_size;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("POWERCUT_LOG");
  root = getenv("POWERCUT_ROOT");
  if (!path || !root) return;
  root_size = strlen(root);
  out = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
  size_t size = strlen(path);
  if (out < 0 || strncmp(path, root, root_size)) return 0;
  return !(size > 4 && !strcmp(path + size - 4, "-shm"));
}

static void note(char kind, int32_t handle, int64_t offset, const void *data, uint32_t size) {
  char head[17];
  head[0] = kind;
  memcpy(head + 1, &handle, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &size, 4);
  ssize_t (*put)(int, const void *, size_t) = REAL(write);
  if (put(out, head, 17) != 17 || (size && put(out, data, size) != (ssize_t)size)) abort();
}

static int32_t handle_of(int fd) { return fd >= 0 && fd < MOST ? handles[fd] : 0; }

static void took(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= MOST) return;
  handles[fd] = 0;
  if (!ours(path)) return;
  handles[fd] = ++opened;
  note('O', opened, flags & O_TRUNC ? 1 : 0, path, strlen(path));
}

#define OPENS(name)                                                   \
  int name(const char *path, int flags, ...) {                        \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
    va_end(rest);                                                     \
    pthread_mutex_lock(&order);                                       \
    int fd = REAL(name)(path, flags, mode);                           \
    int kept = errno;                                                 \
    took(fd, path, flags);                                            \
    errno = kept;                                                     \
    pthread_mutex_unlock(&order);                                     \
    return fd;                                                        \
  }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                \
  int name(int at, const char *path, int flags, ...) {                \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
    va_end(rest);                                                     \
    pthread_mutex_lock(&order);                                       \
    int fd = REAL(name)(at, path, flags, mode);                       \
    int kept = errno;                                                 \
    took(fd, path, flags);                                            \
    errno = kept;                                                     \
    pthread_mutex_unlock(&order);                                     \
    return fd;                                                        \
  }
OPENS_AT(openat)
OPENS_AT(openat64)

int close(int fd) {
  pthread_mutex_lock(&order);
  if (fd >= 0 && fd < MOST) handles[fd] = 0;
  pthread_mutex_unlock(&order);
  return REAL(close)(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
  int32_t handle = handle_of(fd);
  if (!handle) return REAL(write)(fd, data, size);
  pthread_mutex_lock(&order);
  ssize_t done = REAL(write)(fd, data, size);
  if (done > 0) note('W', handle, lseek(fd, 0, SEEK_CUR) - done, data, done);
  pthread_mutex_unlock(&order);
  return done;
}

#define PWRITES(name, offset_type)                                    \
  ssize_t name(int fd, const void *data, size_t size, offset_type at) { \
    int32_t handle = handle_of(fd);                                   \
    if (!handle) return REAL(name)(fd, data, size, at);               \
    pthread_mutex_lock(&order);                                       \
    ssize_t done = REAL(name)(fd, data, size, at);                    \
    if (done > 0) note('W', handle, at, data, done);                  \
    pthread_mutex_unlock(&order);                                     \
    return done;                                                      \
  }
PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

#define ON_HANDLE(name, kind, signature, call, size)                  \
  int name signature {                                                \
    int32_t handle = handle_of(fd);                                   \
    if (!handle) return REAL(name) call;                              \
    pthread_mutex_lock(&order);                                       \
    int failed = REAL(name) call;                                     \
    if (!failed) note(kind, handle, size, NULL, 0);                   \
    pthread_mutex_unlock(&order);                                     \
    return failed;                                                    \
  }
ON_HANDLE(ftruncate, 'T', (int fd, off_t length), (fd, length), length)
ON_HANDLE(ftruncate64, 'T', (int fd, off64_t length), (fd, length), length)
ON_HANDLE(fsync, 'S', (int fd), (fd), 0)
ON_HANDLE(fdatasync, 'S', (int fd), (fd), 0)

static void moved(int failed, const char *from, const char *to) {
  char both[2 * 4096];
  if (failed || !ours(from)) return;
  int size = snprintf(both, sizeof both, "%s%c%s", from, '\n', to);
  note('R', 0, 0, both, size);
}

int rename(const char *from, const char *to) {
  pthread_mutex_lock(&order);
  int failed = REAL(rename)(from, to);
  moved(failed, from, to);
  pthread_mutex_unlock(&order);
  return failed;
}

int renameat(int at, const char *from, int there, const char *to) {
  pthread_mutex_lock(&order);
  int failed = REAL(renameat)(at, from, there, to);
  moved(failed, from, to);
  pthread_mutex_unlock(&order);
  return failed;
}

#define ON_PATH(name, kind, signature, call)                          \
  int name signature {                                                \
    pthread_mutex_lock(&order);                                       \
    int failed = REAL(name) call;                                     \
    if (!failed && ours(path)) note(kind, 0, 0, path, strlen(path));  \
    pthread_mutex_unlock(&order);                                     \
    return failed;                                                    \
  }
ON_PATH(unlink, 'U', (const char *path), (path))
ON_PATH(unlinkat, 'U', (int at, const char *path, int flags), (at, path, flags))
ON_PATH(mkdir, 'M', (const char *path, mode_t mode), (path, mode))
ON_PATH(mkdirat, 'M', (int at, const char *path, mode_t mode), (at, path, mode))

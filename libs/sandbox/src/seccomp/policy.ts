/**
 * Which system calls agents may make. Found by strace of Node (threads, child processes, WASI, files), Python with numpy,
 * multiprocessing and asyncio, and Debian's shell tools; onnxruntime's agents play under it. A family is allowed whole where
 * one of it was seen and the others do no more. What is named nowhere here "does not exist": libraries that try newer calls
 * fall back.
 */
import { KILL, errno, type Verdict } from './bpf.ts';

const EPERM = 1;
const EINVAL = 22;
const ENOTTY = 25;
const ENOLCK = 37;
export const ENOSYS = 38;
const EAFNOSUPPORT = 97;

const words = (text: string): string[] => text.split(/\s+/);

export const ALLOWED: readonly string[] = [
  // files
  ...words(`read write open openat openat2 close close_range lseek pread64 pwrite64 readv writev preadv pwritev access
    faccessat faccessat2 stat fstat lstat newfstatat statx statfs fstatfs readlink readlinkat getdents getdents64
    getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
    truncate ftruncate fallocate fsync fdatasync chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask
    utime utimes utimensat futimesat mknod mknodat creat copy_file_range sendfile splice tee fadvise64 readahead dup
    dup2 dup3 pipe pipe2`),
  // waiting
  ...words(`poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd
    eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime`),
  // sockets; which there are is decided below
  ...words(`connect accept accept4 bind listen getsockname getpeername getsockopt setsockopt shutdown sendto recvfrom
    sendmsg recvmsg sendmmsg recvmmsg`),
  // memory
  ...words(`brk mprotect munmap mremap madvise msync pkey_alloc pkey_free pkey_mprotect membarrier`),
  // processes and threads
  ...words(`execve execveat fork vfork exit exit_group wait4 waitid set_tid_address set_robust_list rseq futex futex_waitv
    futex_wait futex_wake futex_requeue arch_prctl getpid getppid gettid getpgid getpgrp setpgid getsid setsid
    getuid geteuid getgid getegid getresuid getresgid getgroups capget getpriority sched_yield
    sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min sched_rr_get_interval getrlimit setrlimit getrusage getcpu times`),
  // signals
  ...words(`kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend
    rt_sigqueueinfo rt_tgsigqueueinfo sigaltstack pause alarm getitimer setitimer restart_syscall`),
  // time and the system
  ...words(`nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time timer_create timer_settime timer_gettime
    timer_getoverrun timer_delete uname sysinfo getrandom`),
];

/**
 * What no program that plays a game ever needs, and what a way out begins with: the process ends, and its verdict says
 * so. io_uring, pidfd_open and clone3 are not here, since Node, Python and libc try them and do without.
 */
export const FORBIDDEN: readonly string[] =
  words(`ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd bpf perf_event_open userfaultfd
  keyctl add_key request_key unshare setns mount umount2 move_mount open_tree fsopen fsmount fsconfig fspick
  mount_setattr pivot_root chroot init_module finit_module delete_module kexec_load kexec_file_load reboot swapon
  swapoff acct quotactl quotactl_fd open_by_handle_at name_to_handle_at fanotify_init fanotify_mark iopl ioperm
  sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex lookup_dcookie vhangup syslog`);

/** Calls that depend on one argument. */
export interface ArgumentRule {
  name: string;
  /** Another argument, looked at before this one: any of these values, and that is the verdict. */
  first?: { argument: number; values: readonly number[]; verdict: Verdict };
  /** Which argument, from 0. */
  argument: number;
  /** Looked at first: any of these bits, and that is the verdict. */
  bits?: { mask: number; verdict: Verdict };
  /** Then: the argument is one of these. */
  values?: readonly { values: readonly number[]; verdict: Verdict }[];
  allowed: readonly number[] | 'others';
  otherwise?: Verdict;
}

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (linux/sched.h). */
const NEW_NAMESPACES = 0x7e02_0000;
const AF_UNIX = 1;
const PRIO_PGRP = 1;
const PRIO_USER = 2;
/** bubblewrap's process inside: of the agent's uid, so that without a rule the agent sets its priority and its limits. */
const FIRST_PROCESS = { values: [1], verdict: errno(EPERM) };
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;

export const ARGUMENT_RULES: readonly ArgumentRule[] = [
  { name: 'clone', argument: 0, bits: { mask: NEW_NAMESPACES, verdict: KILL }, allowed: 'others' },
  // The net namespace does not hold AF_VSOCK and AF_ALG; libraries that look for a network live without.
  ...['socket', 'socketpair'].map((name) => ({
    name,
    argument: 0,
    allowed: [AF_UNIX],
    otherwise: errno(EAFNOSUPPORT),
  })),
  {
    name: 'ioctl',
    argument: 1,
    // Putting keys into a terminal's input, by both ways there are.
    values: [{ values: [TIOCSTI, TIOCLINUX], verdict: KILL }],
    // TCGETS, TIOCGPGRP, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX; TCGETS2 in newer libc.
    allowed: [0x5401, 0x540f, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451, 0x802c_542a],
    otherwise: errno(ENOTTY),
  },
  {
    name: 'fcntl',
    argument: 1,
    // F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW: on a file that two sandboxes can read they are a channel.
    values: [{ values: [5, 6, 7, 36, 37, 38], verdict: errno(ENOLCK) }],
    // F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ. Not F_SETLEASE, F_NOTIFY: channels too.
    allowed: [0, 1, 2, 3, 4, 1030, 1032],
    otherwise: errno(EINVAL),
  },
  {
    name: 'prctl',
    argument: 0,
    // PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ, PR_SET_NO_NEW_PRIVS,
    // PR_GET_NO_NEW_PRIVS, PR_SET_THP_DISABLE, PR_GET_THP_DISABLE, PR_SET_VMA (names of V8's mappings).
    allowed: [1, 2, 3, 15, 16, 23, 38, 39, 41, 42, 0x5356_4d41],
    otherwise: errno(EINVAL),
  },
  ...['prlimit64', 'sched_setaffinity'].map((name): ArgumentRule => ({
    name,
    argument: 0,
    values: [FIRST_PROCESS],
    allowed: 'others',
  })),
  {
    name: 'setpriority',
    // Not for a process group or a uid: the first process is of both.
    first: { argument: 0, values: [PRIO_PGRP, PRIO_USER], verdict: errno(EPERM) },
    argument: 1,
    values: [FIRST_PROCESS],
    allowed: 'others',
  },
];

/** MAP_SHARED and MAP_SHARED_VALIDATE in MAP_TYPE, beside MAP_ANONYMOUS. */
const SHARED_ANONYMOUS = [0x21, 0x23];
const MAP_TYPE_AND_ANONYMOUS = 0x2f;

/**
 * Memory that no process need have mapped: shared anonymous mappings keep their pages after MADV_DONTNEED, so that a
 * watchdog that reads what is resident does not see them. Refused where no memory cgroup counts them.
 */
export const UNSEEN_MEMORY = {
  name: 'mmap',
  argument: 3,
  mask: MAP_TYPE_AND_ANONYMOUS,
  values: SHARED_ANONYMOUS,
  verdict: errno(EPERM),
} as const;

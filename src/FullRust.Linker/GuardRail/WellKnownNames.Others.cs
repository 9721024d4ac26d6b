// The other libraries of a C system.

namespace FullRust.Linker.GuardRail;

/// <content>Libraries beside the C library.</content>
public static partial class WellKnownNames
{
    private const int CountOfOthers = 16;

    private static bool TryGetOtherGroup(int index, out Group group)
    {
        group = index switch
        {
            0 => new(Math, "use the methods of `f64` and `f32`, or the `libm` crate, which is all Rust", "sin cos tan asin acos atan atan2 sincos sinh cosh tanh asinh acosh atanh exp exp2 exp10 expm1 pow log log2 log10 log1p logb ilogb sqrt cbrt hypot fabs ceil floor trunc round roundeven rint nearbyint lrint llrint lround llround fmod remainder remquo drem modf frexp ldexp scalbn scalbln scalb copysign nan nextafter nexttoward fdim fmax fmin fma fmaxmag fminmag nextup nextdown significand pow10 finite isinf isnan fpclassify signbit __fpclassify __signbit __isinf __isnan __finite"u8),
            1 => new(Math, "use a crate such as `libm` or `statrs`", "erf erfc tgamma lgamma lgamma_r gamma j0 j1 jn y0 y1 yn signgam"u8),
            2 => new(Math, "use the `num-complex` crate", "cabs carg cimag creal conj cproj cacos casin catan ccos csin ctan cacosh casinh catanh ccosh csinh ctanh cexp clog clog10 cpow csqrt"u8),
            3 => new(Math, "Rust has no floating-point environment; round through the operations themselves", "feclearexcept feraiseexcept fetestexcept fegetround fesetround fegetenv fesetenv feholdexcept feupdateenv fegetexceptflag fesetexceptflag feenableexcept fedisableexcept fegetexcept"u8),
            4 => new(Threads, "use `std::thread`", "pthread_create pthread_join pthread_detach pthread_exit pthread_self pthread_equal pthread_cancel pthread_setcancelstate pthread_setcanceltype pthread_testcancel pthread_attr_init pthread_attr_destroy pthread_attr_setstacksize pthread_attr_getstacksize pthread_attr_getstack pthread_attr_setstack pthread_attr_getguardsize pthread_attr_setguardsize pthread_attr_setdetachstate pthread_attr_getdetachstate pthread_getattr_np pthread_setname_np pthread_getname_np pthread_setaffinity_np pthread_getaffinity_np pthread_setschedparam pthread_getschedparam pthread_tryjoin_np pthread_timedjoin_np pthread_yield pthread_getcpuclockid thrd_create thrd_join thrd_detach thrd_exit thrd_current thrd_equal thrd_sleep thrd_yield"u8),
            5 => new(Threads, "use `std::sync::{Mutex, RwLock, Condvar, Barrier, Once}`", "pthread_mutex_init pthread_mutex_destroy pthread_mutex_lock pthread_mutex_trylock pthread_mutex_unlock pthread_mutex_timedlock pthread_mutexattr_init pthread_mutexattr_destroy pthread_mutexattr_settype pthread_mutexattr_setpshared pthread_mutexattr_setrobust pthread_mutex_consistent pthread_rwlock_init pthread_rwlock_destroy pthread_rwlock_rdlock pthread_rwlock_wrlock pthread_rwlock_tryrdlock pthread_rwlock_trywrlock pthread_rwlock_unlock pthread_cond_init pthread_cond_destroy pthread_cond_wait pthread_cond_timedwait pthread_cond_signal pthread_cond_broadcast pthread_condattr_init pthread_condattr_destroy pthread_condattr_setclock pthread_barrier_init pthread_barrier_destroy pthread_barrier_wait pthread_once pthread_spin_init pthread_spin_destroy pthread_spin_lock pthread_spin_trylock pthread_spin_unlock mtx_init mtx_destroy mtx_lock mtx_trylock mtx_unlock mtx_timedlock cnd_init cnd_destroy cnd_wait cnd_timedwait cnd_signal cnd_broadcast call_once"u8),
            6 => new(Threads, "use `thread_local!`", "pthread_key_create pthread_key_delete pthread_getspecific pthread_setspecific tss_create tss_delete tss_get tss_set __cxa_thread_atexit_impl __cxa_thread_atexit __pthread_key_create"u8),
            7 => new(Threads, "there is no `fork` among threads here: leave the handler out", "pthread_atfork __register_atfork"u8),
            8 => new(Threads, "use `std::sync` (a `Mutex` with a `Condvar` makes a semaphore)", "sem_init sem_destroy sem_wait sem_trywait sem_timedwait sem_post sem_getvalue sem_open sem_close sem_unlink sem_clockwait"u8),
            9 => new(Threads, "use the `rustix` crate's `runtime` module", "pthread_sigmask pthread_kill pthread_sigqueue"u8),
            10 => new(Loader, "a static executable loads nothing at run time: link the code in, or start a helper process", "dlopen dlclose dlsym dlvsym dlerror dladdr dladdr1 dlmopen dlinfo _dl_find_object"u8),
            11 => new(Loader, "compile without position independence: `-C relocation-model=static`", "__tls_get_addr _dl_relocate_static_pie _DYNAMIC __tlsdesc_static"u8),
            12 => new(RealTime, "use `std::fs`, `std::sync::mpsc`, or the `rustix` crate", "shm_open shm_unlink mq_open mq_close mq_unlink mq_send mq_receive mq_timedsend mq_timedreceive mq_getattr mq_setattr mq_notify aio_read aio_write aio_error aio_return aio_suspend aio_cancel aio_fsync lio_listio timer_create timer_delete timer_settime timer_gettime timer_getoverrun clock_getcpuclockid"u8),
            13 => new(Unwinder, "compile with `panic = \"abort\"`; the runtime then defines what precompiled code still refers to", "_Unwind_Resume _Unwind_RaiseException _Unwind_DeleteException _Unwind_Backtrace _Unwind_GetIP _Unwind_GetIPInfo _Unwind_SetIP _Unwind_GetGR _Unwind_SetGR _Unwind_GetCFA _Unwind_GetLanguageSpecificData _Unwind_GetRegionStart _Unwind_GetTextRelBase _Unwind_GetDataRelBase _Unwind_FindEnclosingFunction _Unwind_ForcedUnwind _Unwind_Resume_or_Rethrow _Unwind_Find_FDE __register_frame __deregister_frame __register_frame_info __deregister_frame_info __gcc_personality_v0 rust_eh_personality unw_getcontext unw_init_local unw_step unw_get_reg unw_get_proc_name"u8),
            14 => new(Gcc, "these come with `compiler_builtins`: link the toolchain's own copy, which rustc passes by itself", "__divti3 __udivti3 __modti3 __umodti3 __udivmodti4 __divmodti4 __multi3 __muloti4 __ashlti3 __ashrti3 __lshrti3 __clzdi2 __clzti2 __ctzdi2 __ctzti2 __popcountdi2 __popcountti2 __paritydi2 __parityti2 __ffsdi2 __ffsti2 __bswapdi2 __bswapsi2 __powisf2 __powidf2 __powixf2 __floattidf __floattisf __floatuntidf __floatuntisf __fixdfti __fixsfti __fixunsdfti __fixunssfti __extendhfsf2 __truncsfhf2 __truncdfhf2 __addtf3 __subtf3 __multf3 __divtf3 __extenddftf2 __trunctfdf2 __letf2 __getf2 __eqtf2 __netf2 __unordtf2 __mulsc3 __muldc3 __mulxc3 __divsc3 __divdc3 __divxc3 __negti2 __absvti2 __addvti3 __subvti3 __mulvti3 __cmpti2 __ucmpti2"u8),
            15 => new(Gcc, "compile the C part without this feature, or leave it out", "__cpu_model __cpu_indicator_init __cpu_features2 __morestack __splitstack_getcontext __emutls_get_address __emutls_register_common __clear_cache __enable_execute_stack __sfp_handle_exceptions __gcc_bcmp __gcc_nested_func_ptr_created"u8),
            _ => default,
        };
        return index is >= 0 and < CountOfOthers;
    }
}

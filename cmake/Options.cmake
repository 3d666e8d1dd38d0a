# bp_options: what every C file of the project is compiled with.
add_library(bp_options INTERFACE)
target_compile_definitions(bp_options INTERFACE _GNU_SOURCE BP_VERSION="${PROJECT_VERSION}")
target_compile_options(bp_options INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
  -Wmissing-prototypes -Wvla -fvisibility=hidden -fno-math-errno
  -UNDEBUG                                      # Assertions stay on in every build type.
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)      # The build's folder is nobody's business.
target_include_directories(bp_options INTERFACE ${CMAKE_SOURCE_DIR}/engine ${CMAKE_SOURCE_DIR}/engine/include)
target_link_options(bp_options INTERFACE -Wl,--as-needed)

# What a distribution asks of its programs. PIE and position independence are on anyway.
if(BP_HARDEN)
  include(CheckCCompilerFlag)
  target_compile_options(bp_options INTERFACE -fstack-protector-strong -Wformat -Werror=format-security)
  foreach(flag -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER "BP_HAS${flag}" has)
    check_c_compiler_flag(${flag} ${has})
    if(${has})
      target_compile_options(bp_options INTERFACE ${flag})
    endif()
  endforeach()
  target_compile_definitions(bp_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
  target_link_options(bp_options INTERFACE -Wl,-z,relro -Wl,-z,now)
endif()

if(BP_WERROR)
  target_compile_options(bp_options INTERFACE -Werror)
endif()

if(BP_SANITIZE)
  set(sanitizers address,undefined)
  target_compile_options(bp_options INTERFACE -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_definitions(bp_options INTERFACE BP_SANITIZED=1)
endif()
if(BP_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "BP_FUZZ needs clang: use the preset 'fuzz', or CC=clang")
  endif()
  list(APPEND sanitizers fuzzer-no-link)
endif()
if(sanitizers)
  list(JOIN sanitizers "," sanitizers)
  target_compile_options(bp_options INTERFACE -fsanitize=${sanitizers})
  target_link_options(bp_options INTERFACE -fsanitize=${sanitizers})
endif()

if(BP_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(LANGUAGES C)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

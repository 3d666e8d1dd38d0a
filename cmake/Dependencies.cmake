# The libraries of DESIGN §10, as Debian ships them. bootstrap.sh lists the packages they come from.
find_package(PkgConfig REQUIRED)
pkg_check_modules(LUA REQUIRED IMPORTED_TARGET lua5.4)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(HARFBUZZ REQUIRED IMPORTED_TARGET harfbuzz)
pkg_check_modules(HARFBUZZ_SUBSET REQUIRED IMPORTED_TARGET harfbuzz-subset)
pkg_check_modules(FONTCONFIG REQUIRED IMPORTED_TARGET fontconfig)
pkg_check_modules(PNG REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(LCMS REQUIRED IMPORTED_TARGET lcms2)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(QPDF REQUIRED IMPORTED_TARGET libqpdf)
find_library(HPDF_LIBRARY hpdf REQUIRED)   # libharu 2.3 ships neither a pkg-config nor a CMake file.
find_library(MD4C_LIBRARY md4c REQUIRED)

# bp_dependency(NAME DYNAMIC [static libraries...]): the target bp_NAME, which is DYNAMIC for most and the archives for
# the program where BP_STATIC is on and they are there. Opening ICU and its C++ library costs the loader 1.5 of the
# 3.3 ms that a start took with all of it shared; Debian has no archives of libharu and HarfBuzz.
function(bp_dependency name dynamic)
  add_library(bp_${name} INTERFACE)
  if(NOT ARGN)
    target_link_libraries(bp_${name} INTERFACE ${dynamic})
    return()
  endif()
  set(files)
  foreach(archive ${ARGN})
    execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=${archive} OUTPUT_VARIABLE file
      OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT IS_ABSOLUTE "${file}")
      if(BP_STATIC)
        message(STATUS "No ${archive}: ${name} stays shared, and the program starts more slowly")
      endif()
      target_link_libraries(bp_${name} INTERFACE ${dynamic})
      return()
    endif()
    list(APPEND files ${file})
  endforeach()
  list(APPEND files m)
  set(is_static "$<BOOL:$<TARGET_PROPERTY:BP_STATIC>>")
  target_link_libraries(bp_${name} INTERFACE "$<IF:${is_static},${files},${dynamic}>")
  target_include_directories(bp_${name} INTERFACE $<TARGET_PROPERTY:${dynamic},INTERFACE_INCLUDE_DIRECTORIES>)
endfunction()
bp_dependency(icu PkgConfig::ICU libicui18n.a libicuuc.a libicudata.a libstdc++.a)
bp_dependency(lua PkgConfig::LUA liblua5.4.a)
bp_dependency(deflate PkgConfig::DEFLATE libdeflate.a)
# What reads strangers' pictures is mended often, and costs the loader little: a distribution's own serves its packages.
if(BP_PACKAGE)
  bp_dependency(expat PkgConfig::EXPAT)
else()
  bp_dependency(expat PkgConfig::EXPAT libexpat.a)
endif()

# Of fontconfig only the headers: its library is opened where the system's fonts are asked for.
add_library(bp_fontconfig INTERFACE)
target_include_directories(bp_fontconfig INTERFACE $<TARGET_PROPERTY:PkgConfig::FONTCONFIG,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(bp_fontconfig INTERFACE ${CMAKE_DL_LIBS})

# Of libqpdf the headers too: it brings GnuTLS and eight more libraries, and is opened where a PDF is read or passed
# through it. The name it is opened by is that of the library these headers belong to.
find_library(QPDF_LIBRARY qpdf REQUIRED HINTS ${QPDF_LIBRARY_DIRS})
execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${QPDF_LIBRARY} OUTPUT_VARIABLE qpdf_headers)
if(NOT qpdf_headers MATCHES "SONAME +([^ \n]+)")
  message(FATAL_ERROR "${QPDF_LIBRARY} is no shared library")
endif()
add_library(bp_qpdf INTERFACE)
target_compile_definitions(bp_qpdf INTERFACE BP_QPDF_LIBRARY="${CMAKE_MATCH_1}")
target_include_directories(bp_qpdf INTERFACE $<TARGET_PROPERTY:PkgConfig::QPDF,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(bp_qpdf INTERFACE ${CMAKE_DL_LIBS})

if(BUILD_TESTING)
  pkg_check_modules(CHECK REQUIRED IMPORTED_TARGET check)
  find_library(HYPHEN_LIBRARY hyphen REQUIRED)
endif()

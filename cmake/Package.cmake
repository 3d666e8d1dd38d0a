# Debian packages, by CPack: `cmake --workflow --preset package`, or the target `package` of any other build, which does
# just that. Three of them: briefpress, which is whole by itself; libbriefpress0; libbriefpress-dev. The program does
# not use the shared library (Rooms.cmake says why); the library finds its fonts.json in the program's package.
#
# Two builds give the same bytes: times are those of the changelog's newest entry, unless SOURCE_DATE_EPOCH says another.
# (The umask should be 022, as by the target: CPack writes it into the archive's own headers.)
if(NOT BP_PACKAGE)
  if(PROJECT_IS_TOP_LEVEL)
    add_custom_target(package COMMAND sh -c "umask 022 && exec '${CMAKE_COMMAND}' --workflow --preset package"
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} VERBATIM USES_TERMINAL)
  endif()
  return()
endif()

find_program(GZIP gzip REQUIRED)
find_program(DPKG_QUERY dpkg-query REQUIRED)
set(debian ${CMAKE_CURRENT_SOURCE_DIR}/cmake/debian)
set(made ${CMAKE_CURRENT_BINARY_DIR}/debian)
set(version ${PROJECT_VERSION}-${BP_PACKAGE_REVISION})
set(library libbriefpress${PROJECT_VERSION_MAJOR})

# bp_compress(FILE NAME FOLDER COMPONENT): FILE as FOLDER/NAME.gz, without its time and name.
function(bp_compress file name folder component)
  set(out ${made}/${component}-${name}.gz)
  add_custom_command(OUTPUT ${out} COMMAND ${GZIP} -9nc ${file} > ${out} DEPENDS ${file} VERBATIM)
  set_property(DIRECTORY APPEND PROPERTY BP_COMPRESSED ${out})
  install(FILES ${out} DESTINATION ${folder} RENAME ${name}.gz COMPONENT ${component})
endfunction()

file(MAKE_DIRECTORY ${made})
foreach(pair program/briefpress runtime/${library} development/libbriefpress-dev)
  string(REPLACE "/" ";" pair ${pair})
  list(GET pair 0 component)
  list(GET pair 1 package)
  set(folder ${CMAKE_INSTALL_DATADIR}/doc/${package})
  bp_compress(${debian}/changelog changelog.Debian ${folder} ${component})
  bp_compress(${CMAKE_SOURCE_DIR}/CHANGELOG.md changelog ${folder} ${component})
  install(FILES ${debian}/copyright DESTINATION ${folder} COMPONENT ${component})
  if(EXISTS ${debian}/${package}.lintian-overrides)
    install(FILES ${debian}/${package}.lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
      RENAME ${package} COMPONENT ${component})
  endif()
endforeach()
bp_compress(${said}/briefpress.1 briefpress.1 ${CMAKE_INSTALL_MANDIR}/man1 program)
bp_compress(${CMAKE_SOURCE_DIR}/README.md README.md ${CMAKE_INSTALL_DATADIR}/doc/briefpress program)
get_property(compressed DIRECTORY PROPERTY BP_COMPRESSED)
add_custom_target(bp_compressed ALL DEPENDS ${compressed})

# Libraries that are opened at run time, which dpkg-shlibdeps does not see: named where they are opened.
file(GLOB sources ${CMAKE_SOURCE_DIR}/engine/*/*.c)
get_target_property(qpdf bp_qpdf INTERFACE_COMPILE_DEFINITIONS)
string(REGEX MATCH "lib[a-z0-9.]+" opened "${qpdf}")
foreach(source ${sources})
  file(STRINGS ${source} line REGEX "^#define LIBRARY \"lib")
  if(line MATCHES "\"(lib[^\"]+)\"")
    list(APPEND opened ${CMAKE_MATCH_1})
  endif()
endforeach()
foreach(name ${opened})
  execute_process(COMMAND ${DPKG_QUERY} -S */${name} OUTPUT_VARIABLE owner ERROR_QUIET)
  if(NOT owner MATCHES "^([a-z0-9.+-]+)[:,]")
    message(FATAL_ERROR "No Debian package holds ${name}, which the program opens at run time")
  endif()
  list(APPEND opened_packages ${CMAKE_MATCH_1})
endforeach()
list(REMOVE_DUPLICATES opened_packages)
list(JOIN opened_packages ", " opened_packages)

# Fonts and hyphenation: what the manifest names, in its order. The package fontconfig keeps the list of all fonts, which
# else would be made anew in each run that asks for one that the manifest has not.
file(STRINGS fonts/fonts.json fonts REGEX "\"package\"")
list(TRANSFORM fonts REPLACE ".*\"package\": *\"([^\"]+)\".*" "\\1")
list(REMOVE_DUPLICATES fonts)
set(more_fonts ${fonts})
list(FILTER fonts EXCLUDE REGEX "-extra$") # Weights that others stand in for.
list(FILTER more_fonts INCLUDE REGEX "-extra$")
list(JOIN fonts ", " fonts)
list(JOIN more_fonts ", " more_fonts)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME briefpress)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # Each package has its own.
set(CPACK_PACKAGE_CONTACT "${BP_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program runtime development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_BINARY_DIR}/PackageFolders.cmake)
file(WRITE ${CPACK_PRE_BUILD_SCRIPTS} # Whatever the umask of who builds.
  "execute_process(COMMAND find \${CPACK_TEMPORARY_INSTALL_DIRECTORY} -type d -exec chmod 755 {} +
  COMMAND_ERROR_IS_FATAL ANY)\n")
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_BINARY_DIR}/PackageEnvironment.cmake)
file(WRITE ${CPACK_PROJECT_CONFIG_FILE}
  "if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})\n  set(ENV{SOURCE_DATE_EPOCH} ${BP_RELEASE_EPOCH})\nendif()\n")

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${BP_PACKAGE_REVISION})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SOURCE briefpress)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME briefpress)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "${opened_packages}")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "fontconfig, ${fonts}, hyphen-en-us, hyphen-en-gb")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "${more_fonts}, cron-daemon | cron | systemd, mailutils, qpdf, poppler-utils")
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"report engine that turns indicator data and a Lua layout into a PDF
briefpress reads indicators (figures with unit, period and source) and a
layout, a file of Lua, and makes a PDF of them: typeset like a book,
tagged for screen readers (PDF/UA-1), archivable (PDF/A-3a), and byte for
byte the same whenever it is made from the same inputs.

It starts in milliseconds and runs from cron, from a systemd timer or in
thousands of copies: the PDF appears whole or not at all, runs keep off
each other, exit codes say what was wrong, and nothing is said on success.
Layouts run in a process of their own under limits of time and memory and
read no file outside the folders named for them.

This package is whole by itself: program, Lua library, themes, templates,
a complete report with its data, the schema of the data, examples, manual
page, and completions for bash, zsh and fish.")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${library})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS "briefpress (= ${version}), ${opened_packages}")
# Debian's linker cache is renewed by a trigger. CPack would call ldconfig in scripts instead, unless there are scripts
# of those names; files that do not exist are left out.
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA
  ${debian}/symbols ${debian}/triggers ${debian}/no/postinst ${debian}/no/postrm)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION
"report engine with Lua layouts - shared library
briefpress turns indicators (figures with unit, period and source) and a
layout, a file of Lua, into a PDF that is typeset like a book, tagged for
screen readers and archivable.

This package holds the library by which other programs render, check and
verify reports.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libbriefpress-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
# What BP_REQUIRES_PRIVATE names, which pkg-config wants to see even where the shared library is linked.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${library} (= ${version}), liblua5.4-dev, libcjson-dev, libicu-dev, \
libharfbuzz-dev, libpng-dev, libdeflate-dev, libexpat1-dev, libhpdf-dev, libmd4c-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
"report engine with Lua layouts - development files
briefpress turns indicators (figures with unit, period and source) and a
layout, a file of Lua, into a PDF that is typeset like a book, tagged for
screen readers and archivable.

This package holds what programs are built with that use the library: the
header, the static library, and the files by which pkg-config and CMake
find them.")
include(CPack)

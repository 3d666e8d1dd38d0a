# What `cmake --install` puts where, in three parts: the program and the files that the library needs too (`program`),
# the shared library (`runtime`), and what programs are built with (`development`). Package.cmake makes packages of them.
include(CMakePackageConfigHelpers)

install(TARGETS briefpress COMPONENT program)
install(TARGETS briefpress_shared EXPORT briefpress
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT development)
install(TARGETS briefpress_static COMPONENT development)
install(FILES engine/include/briefpress.h TYPE INCLUDE COMPONENT development)
foreach(folder scripts fonts data)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/briefpress COMPONENT program)
endforeach()

# What the program says of itself: the manual page and completions. A program for another machine cannot be asked.
if(BP_PACKAGE)
  set(zsh_folder vendor-completions)
else()
  set(zsh_folder site-functions)
endif()
set(said ${CMAKE_CURRENT_BINARY_DIR}/said)
if(NOT CMAKE_CROSSCOMPILING)
  set(page ${said}/briefpress.1)
  set(commands COMMAND ${CMAKE_COMMAND} -E make_directory ${said} COMMAND briefpress manual > ${page})
  foreach(shell bash zsh fish)
    list(APPEND commands COMMAND briefpress completions ${shell} > ${said}/${shell})
  endforeach()
  add_custom_command(OUTPUT ${page} ${commands} DEPENDS briefpress COMMENT "Writing the manual page and completions" VERBATIM)
  add_custom_target(bp_said ALL DEPENDS ${page})
  install(FILES ${said}/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME briefpress
    COMPONENT program)
  install(FILES ${said}/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${zsh_folder} RENAME _briefpress COMPONENT program)
  install(FILES ${said}/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME briefpress.fish
    COMPONENT program)
  if(NOT BP_PACKAGE) # Which has it compressed.
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  endif()
endif()

# Documents; packages have them compressed too.
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
if(NOT BP_PACKAGE)
  install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
endif()

# Relative, so that an installation may be moved.
file(RELATIVE_PATH prefix_from_package /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
set(BP_REQUIRES_PRIVATE "lua5.4 libcjson icu-uc icu-i18n harfbuzz harfbuzz-subset libpng libdeflate expat")
configure_file(cmake/briefpress.pc.in briefpress.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/briefpress.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/briefpress)
install(EXPORT briefpress NAMESPACE briefpress:: FILE briefpressTargets.cmake DESTINATION ${package}
  COMPONENT development)
configure_package_config_file(cmake/briefpressConfig.cmake.in briefpressConfig.cmake INSTALL_DESTINATION ${package}
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR NO_CHECK_REQUIRED_COMPONENTS_MACRO)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/briefpressConfig.cmake DESTINATION ${package} COMPONENT development)
write_basic_package_version_file(briefpressConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/briefpressConfigVersion.cmake DESTINATION ${package} COMPONENT development)
